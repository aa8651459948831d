import { expect, test } from "vitest";
import { threefry2x32 } from "./threefry.ts";

// The known-answer rows for threefry2x32 with 20 rounds that are shipped with Random123.
test.each([
  { counter: [0, 0], key: [0, 0], output: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    output: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    output: [0xc4923a9c, 0x483df7a0],
  },
])("gives Random123's known answer for counter $counter", ({ counter, key, output }) => {
  const out = new Int32Array(2);
  threefry2x32(key[0]!, key[1]!, counter[0]!, counter[1]!, out);
  expect([out[0]! >>> 0, out[1]! >>> 0]).toEqual(output);
});

test("gives the blocks of following counters in one call, with a carry between the words", () => {
  const together = new Int32Array(8);
  threefry2x32(5, 6, 0xfffffffe, 7, together, 4);
  const counters = [
    [0xfffffffe, 7],
    [0xffffffff, 7],
    [0, 8],
    [1, 8],
  ] as const;
  const alone = counters.flatMap(([c0, c1]) => {
    const out = new Int32Array(2);
    threefry2x32(5, 6, c0, c1, out);
    return [...out];
  });
  expect([...together]).toEqual(alone);
});
