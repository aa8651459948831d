import { expect, test } from "vitest";
import { pngChunks } from "./png-chunks.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
const chunksOf = (...bytes: number[]) =>
  [...pngChunks(Uint8Array.from([...SIGNATURE, ...bytes]))].map(({ name, data }) => [name, [...data]]);

test("pngChunks finds names and data between lengths and checksums", () => {
  const letters = [0x49, 0x44, 0x41, 0x54];
  expect(chunksOf(0, 0, 0, 2, ...letters, 7, 8, 1, 2, 3, 4, 0, 0, 0, 0, ...letters, 5, 6, 7, 8)).toEqual([
    ["IDAT", [7, 8]],
    ["IDAT", []],
  ]);
});

test("pngChunks ends where the file is cut off", () => {
  expect(chunksOf()).toEqual([]);
  expect(chunksOf(0, 0, 0, 2, 0x49, 0x44, 0x41)).toEqual([]);
  expect(chunksOf(255, 255, 255, 255, 0x49, 0x44, 0x41, 0x54, 7)).toEqual([["IDAT", [7]]]);
});
