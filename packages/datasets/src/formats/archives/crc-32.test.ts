import { expect, test } from "vitest";
import { crc32 } from "./crc-32.ts";

test.each([
  ["", 0],
  ["123456789", 0xcbf43926], // the check value of the catalogues
  ["The quick brown fox jumps over the lazy dog", 0x414fa339],
])("crc32 of %j", (text, value) => {
  expect(crc32(new TextEncoder().encode(text))).toBe(value);
});
