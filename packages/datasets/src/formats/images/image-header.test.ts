import { expect, test } from "vitest";
import { imageHeader } from "./image-header.ts";

const APPLICATION = [0xff, 0xe0, 0, 4, 1, 2];
const TABLES = [0xff, 0xc4, 0, 3, 9];
const frame = (marker: number) => [0xff, marker, 0, 17, 8, 1, 2, 3, 4, 3, 0, 0, 0];

test("imageHeader finds the frame of a JPEG behind other segments and fill bytes", () => {
  for (const marker of [0xc0, 0xc1, 0xc2, 0xcf]) {
    const bytes = [0xff, 0xd8, ...APPLICATION, 0xff, 0xff, ...TABLES, ...frame(marker)];
    expect(imageHeader(Uint8Array.from(bytes))).toEqual({
      format: "jpeg",
      width: 772,
      height: 258,
      channels: 3,
      bits: 8,
      interlaced: false,
    });
  }
});

test("imageHeader takes tables for no frame, and finds nothing where there is none", () => {
  for (const marker of [0xc4, 0xc8, 0xcc]) {
    expect(imageHeader(Uint8Array.from([0xff, 0xd8, ...frame(marker), ...APPLICATION]))).toBeUndefined();
  }
  expect(imageHeader(Uint8Array.from([0xff, 0xd8, ...APPLICATION, 0, ...frame(0xc0)]))).toBeUndefined();
  expect(imageHeader(new Uint8Array(0))).toBeUndefined();
});
