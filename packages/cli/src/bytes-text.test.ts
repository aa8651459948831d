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
])("%i is %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
