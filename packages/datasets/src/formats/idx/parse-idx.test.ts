import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIdx } from "./parse-idx.ts";

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/${name}`, import.meta.url));

/** Writes what `parseIdx` reads; for the codes see the tables of the format. */
function encodeIdx(code: number, shape: readonly number[], values: readonly number[]): Uint8Array {
  const width = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 }[code]!;
  const bytes = new Uint8Array(4 + 4 * shape.length + width * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, shape.length]);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  const set = {
    8: "setUint8",
    9: "setInt8",
    11: "setInt16",
    12: "setInt32",
    13: "setFloat32",
    14: "setFloat64",
  }[code] as "setFloat64";
  values.forEach((value, i) => {
    view[set](4 + 4 * shape.length + i * width, value);
  });
  return bytes;
}

describe("what another program wrote", () => {
  test.each([
    ["t10k-labels-idx1-ubyte", "uint8", [2], new Uint8Array([9, 2])],
    ["int8.idx", "int8", [3], new Int8Array([-128, -1, 127])],
    ["int16.idx", "int16", [3], new Int16Array([-32768, -2, 32767])],
    ["int32.idx", "int32", [1, 3], new Int32Array([-(2 ** 31), -3, 2 ** 31 - 1])],
    ["float32.idx", "float32", [2, 2], new Float32Array([0.5, -1.25, 3, Infinity])],
    ["float64.idx", "float64", [2], new Float64Array([0.1, -1e300])],
  ])("parseIdx reads %s", (name, type, shape, data) => {
    expect(parseIdx(fixture(name))).toEqual({ type, shape, data });
  });
});

test("parseIdx gives back what was written, for every type and shape", () => {
  const codes = [8, 9, 11, 12, 13, 14] as const;
  const size = fc.integer({ min: 0, max: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.array(size, { maxLength: 4 }), fc.gen(), (code, shape, gen) => {
      const length = shape.reduce((product, n) => product * n, 1);
      const values = Array.from({ length }, () =>
        code === 13
          ? gen(fc.float)
          : code === 14
            ? gen(fc.double)
            : gen(
                fc.integer,
                {
                  8: { min: 0, max: 255 },
                  9: { min: -128, max: 127 },
                  11: { min: -32768, max: 32767 },
                  12: {},
                }[code],
              ),
      );
      const parsed = parseIdx(encodeIdx(code, shape, values));
      expect(parsed.shape).toEqual(shape);
      expect(Array.from<number>(parsed.data)).toEqual(values);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("parseIdx answers any bytes with an array that fits them or one RangeError", () => {
  const header = fc.tuple(
    fc.constantFrom(0, 0, 1),
    fc.constantFrom(0, 0, 9),
    fc.constantFrom(7, 8, 9, 11, 12, 13, 14),
    fc.integer({ min: 0, max: 4 }),
  );
  const sizes = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 255), { maxLength: 16 });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(header, sizes, fc.uint8Array({ maxLength: 16 }))
      .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part]))),
  );
  let parsed = 0;
  fc.assert(
    fc.property(bytes, (input) => {
      try {
        const { data, shape } = parseIdx(input);
        expect(shape.reduce((product, n) => product * n, 1)).toBe(data.length);
        expect(4 + 4 * shape.length + data.byteLength).toBe(input.length);
        parsed++;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect((error as Error).message).toMatch(/^parseIdx: bytes must .+, got .+/);
      }
    }),
    { seed: 2, numRuns: 5000 },
  );
  expect(parsed).toBeGreaterThan(0);
});

describe("hostile files", () => {
  const huge = [0xff, 0xff, 0xff, 0xff];
  test.each([
    [
      "nothing",
      [],
      "start with an IDX magic number (00 00, a type in 08 09 0b 0c 0d 0e, the number of dimensions), got no bytes",
    ],
    [
      "gzip",
      [0x1f, 0x8b, 8, 0],
      "start with an IDX magic number (00 00, a type in 08 09 0b 0c 0d 0e, the number of dimensions), got 1f 8b 08 00",
    ],
    [
      "an unknown type",
      [0, 0, 10, 1, 0, 0, 0, 0],
      "start with an IDX magic number (00 00, a type in 08 09 0b 0c 0d 0e, the number of dimensions), got 00 00 0a 01",
    ],
    [
      "three bytes",
      [0, 0, 8],
      "start with an IDX magic number (00 00, a type in 08 09 0b 0c 0d 0e, the number of dimensions), got 00 00 08",
    ],
    ["half a header", [0, 0, 8, 2, 0, 0, 0, 1], "hold a header of 12 bytes for 2 dimensions, got 8 bytes"],
    ["a file cut off", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2], "be 11 long for shape [3] of uint8, got 10 bytes"],
    ["trailing bytes", [0, 0, 8, 1, 0, 0, 0, 1, 1, 2], "be 9 long for shape [1] of uint8, got 10 bytes"],
    ["half a number", [0, 0, 11, 1, 0, 0, 0, 1, 1], "be 10 long for shape [1] of int16, got 9 bytes"],
    [
      "the largest length",
      [0, 0, 14, 1, ...huge],
      "be 34359738368 long for shape [4294967295] of float64, got 8 bytes",
    ],
    [
      "a product above 2^53",
      [0, 0, 8, 2, ...huge, ...huge],
      "be 18446744065119617000 long for shape [4294967295, 4294967295] of uint8, got 12 bytes",
    ],
  ])("parseIdx refuses %s", (_, bytes, reason) => {
    expect(() => parseIdx(new Uint8Array(bytes))).toThrow(new RangeError(`parseIdx: bytes must ${reason}`));
  });

  test("parseIdx refuses 255 dimensions whose product overflows to Infinity", () => {
    const bytes = new Uint8Array(4 + 255 * 4).fill(0xff);
    bytes.set([0, 0, 8, 255]);
    expect(() => parseIdx(bytes)).toThrow("must be Infinity long");
  });

  test("parseIdx refuses what is not bytes", () => {
    expect(() => parseIdx([0, 0, 8, 1] as never)).toThrow(
      new TypeError("parseIdx: bytes must be a Uint8Array, got object"),
    );
    expect(() => parseIdx(null as never)).toThrow("got null");
  });
});

describe("odd but sound files", () => {
  test("parseIdx reads a dimension of 0 beside ones whose product would overflow", () => {
    const huge = [0xff, 0xff, 0xff, 0xff];
    const bytes = new Uint8Array([0, 0, 13, 3, ...huge, 0, 0, 0, 0, ...huge]);
    expect(parseIdx(bytes)).toEqual({
      type: "float32",
      shape: [4294967295, 0, 4294967295],
      data: new Float32Array(0),
    });
  });

  test("parseIdx reads no dimensions as one number", () => {
    expect(parseIdx(new Uint8Array([0, 0, 8, 0, 7]))).toEqual({
      type: "uint8",
      shape: [],
      data: new Uint8Array([7]),
    });
  });

  test("parseIdx copies, also from a Buffer in the middle of a larger one", () => {
    const pool = Buffer.from([255, 0, 0, 8, 1, 0, 0, 0, 2, 5, 6, 255]);
    const { data } = parseIdx(pool.subarray(1, 11));
    pool.fill(0);
    expect(data).toEqual(new Uint8Array([5, 6]));
    expect(data.buffer.byteLength).toBe(2);
  });
});
