import { expect, test } from "vitest";
import { bytesText } from "./bytes-text.ts";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [29_515, "29.5 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [170_052_171, "170.1 MB"],
  [999_950_000, "1.0 GB"],
  [1.64e10, "16.4 GB"],
  [2e15, "2000.0 TB"],
])("%i is %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
