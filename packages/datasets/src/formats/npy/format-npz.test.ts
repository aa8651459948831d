import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { formatNpy, type NpyInput } from "./format-npy.ts";
import { formatNpz } from "./format-npz.ts";
import { parseNpz } from "./parse-npz.ts";

const arrays: readonly (readonly [string, NpyInput])[] = [
  ["weights", { data: new Float32Array(1000), shape: [10, 100], dtype: "float32" }],
  ["näher/läge", { data: new BigInt64Array([1n, -(2n ** 63n)]), shape: [2], dtype: "int64" }],
  ["__proto__", { data: new Uint8Array(0), shape: [0], dtype: "bool" }],
];

test.each([false, true])("formatNpz writes what parseNpz reads, compress: %s", async (compress) => {
  expect(await parseNpz(await formatNpz(arrays, { compress }))).toEqual(new Map(arrays));
  expect(await parseNpz(await formatNpz(new Map(arrays), { compress }))).toEqual(new Map(arrays));
});

test("formatNpz gives the same bytes at any time, and fewer when it compresses", async () => {
  const bytes = await formatNpz(arrays);
  expect(await formatNpz(arrays)).toEqual(bytes);
  expect((await formatNpz(arrays, { compress: true })).length).toBeLessThan(bytes.length / 4);
});

test("formatNpz deflates as zlib inflates", async () => {
  const [name, array] = arrays[0]!;
  const bytes = await formatNpz([[name, array]], { compress: true });
  const length = new DataView(bytes.buffer).getUint32(18, true);
  const begin = 30 + "weights.npy".length;
  expect(new Uint8Array(inflateRawSync(bytes.subarray(begin, begin + length)))).toEqual(formatNpy(array));
});

describe("errors", () => {
  const one = { data: new Uint8Array(1), shape: [1] };
  test.each([
    [
      [
        ["a", one],
        ["a", one],
      ],
      RangeError,
      'names of arrays must differ, got "a" twice',
    ],
    [[["", one]], RangeError, 'names of arrays must be relative paths that do not climb, got ""'],
    [[["../a", one]], RangeError, 'names of arrays must be relative paths that do not climb, got "../a"'],
    [
      [["a", { ...one, shape: [2] }]],
      RangeError,
      '"a" must be an array that formatNpy takes; array.data must be 2 long for shape [2] of uint8, got 1',
    ],
    [
      [["a", { data: [1], shape: [1] }]],
      TypeError,
      '"a" must be an array that formatNpy takes; array.data must be a typed array, got object',
    ],
  ])("formatNpz refuses %j", async (entries, kind, reason) => {
    const refused = formatNpz(entries as never);
    await expect(refused).rejects.toBeInstanceOf(kind);
    await expect(refused).rejects.toThrow(`formatNpz: ${reason}`);
  });

  test("formatNpz refuses more entries than zip can count", async () => {
    const many = Array.from({ length: 65535 }, (_, i) => [String(i), one] as const);
    await expect(formatNpz(many)).rejects.toThrow(
      "formatNpz: entries must make an archive below 4 GiB and 65535 entries, got ",
    );
  });
});
