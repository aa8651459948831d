import { describe, expect, test } from "vitest";
import { described, fromBase64, numpyFiles, valuesOf } from "../../testing/numpy-files.ts";
import { formatNpy } from "./format-npy.ts";
import { parseNpy } from "./parse-npy.ts";

/** A file of version 1.0 with this header. */
function file(
  header: string,
  numbers: readonly number[] = [],
  version: readonly number[] = [1, 0],
): Uint8Array {
  const length = version[0] === 1 ? [header.length & 255, header.length >> 8] : [header.length, 0, 0, 0];
  const characters = Array.from(header, (character) => character.charCodeAt(0));
  return Uint8Array.from([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    ...version,
    ...length,
    ...characters,
    ...numbers,
  ]);
}
const header = (shape: string, descr = "'|u1'", fortran = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

test.each(numpyFiles.npy)("parseNpy reads what NumPy wrote: $name", (golden) => {
  expect(described(parseNpy(fromBase64(golden.file)))).toEqual(valuesOf(golden));
});

test("parseNpy gives the typed array of each type, -0 and all", () => {
  for (const { dtype, data } of numpyFiles.npy.map((golden) => parseNpy(fromBase64(golden.file)))) {
    expect(data.constructor.name).toBe(
      {
        bool: "Uint8Array",
        int64: "BigInt64Array",
        uint64: "BigUint64Array",
        float16: "Float32Array",
        complex64: "Float32Array",
        complex128: "Float64Array",
      }[dtype as string] ?? `${dtype[0]!.toUpperCase()}${dtype.slice(1)}Array`,
    );
  }
});

describe("headers that other programs write", () => {
  test.each([
    ["the keys in another order", "{'shape': (2,), 'fortran_order': False, 'descr': '|u1'}"],
    ["double quotes and no spaces", '{"descr":"|u1","fortran_order":False,"shape":(2,)}'],
    ["Python 2's long integers", "{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }    \n"],
    ["Fortran order in one dimension", header("(2,)", "'|u1'", "True")],
    ["an order where none matters", header("(2,)", "'<u1'")],
    ["a comma after the last size", header("(1, 2,)")],
  ])("parseNpy reads %s", (_, text) => {
    expect([...parseNpy(file(text, [7, 8])).data]).toEqual([7, 8]);
  });

  test("parseNpy reads a size of 0 beside ones whose product would overflow", () => {
    const sizes = Array.from({ length: 63 }, () => "999999999999999").join(", ");
    expect(parseNpy(file(header(`(${sizes}, 0)`))).data).toEqual(new Uint8Array(0));
  });

  test("parseNpy copies, also from a Buffer at an odd place of a larger one", () => {
    const bytes = formatNpy({ data: new Float64Array([1, 2]), shape: [2] });
    const pool = Buffer.concat([Buffer.from([0, 0, 0]), bytes, Buffer.from([0])]);
    const { data } = parseNpy(pool.subarray(3, -1));
    pool.fill(0);
    expect(data).toEqual(new Float64Array([1, 2]));
    expect(data.buffer.byteLength).toBe(16);
  });
});

describe("hostile files", () => {
  const refusal = (bytes: Uint8Array): unknown => {
    try {
      return parseNpy(bytes);
    } catch (error) {
      return error;
    }
  };

  const known = "each once,";
  test.each([
    ["no dictionary", "[]", 'a dictionary at character 0 of the header, got "[]"'],
    ["code for a key", "{__import__('os').system('true'): 1}", "a string at character 1"],
    ["code for a type", header("(2,)", "str.upper('|u1')"), "a string at character 10"],
    ["code for an order", header("(2,)", "'|u1'", "print()"), "True or False at character 34"],
    ["code for a shape", header("list(range(2))"), "a tuple at character 50"],
    ["code in a shape", header("(1+1,)"), "a comma at character 52"],
    ["code after the end", `${header("(2,)")}+ exit()`, "nothing more at character 57"],
    ["a name that begins as True", header("(2,)", "'|u1'", "Truest"), "True or False"],
    ["a size in a power", header("(9**9,)"), "a comma at character 52"],
    [
      "a negative size",
      header("(-2, -3)"),
      'a size, of at most 15 digits, at character 51 of the header, got "-2, -3), }\\n"',
    ],
    ["a size with a fraction", header("(2.0,)"), "a comma at character 52"],
    ["a size of 16 digits", header("(1000000000000000,)"), "a size, of at most 15 digits,"],
    ["a size with a leading 0", header("(02,)"), "a size, of at most 15 digits,"],
    ["a size that is a word", header("(None,)"), "a size, of at most 15 digits,"],
    ["a number for a tuple", header("(2)"), "a tuple, which (3,) is and (3) is not, at character 53"],
    ["a comma alone", header("(,)"), "a size, of at most 15 digits,"],
    ["sizes without a comma", header("(1 2)"), "a comma at character 53"],
    [
      "an open tuple",
      "{'shape': (1,",
      "a size, of at most 15 digits, at character 13 of the header, got its end",
    ],
    ["65 dimensions", header(`(${"1,".repeat(65)})`), "the end of 64 dimensions"],
    [
      "another key",
      "{'descr': '|u1', 'order': 1}",
      `one of the keys descr, fortran_order and shape, ${known} at character 17`,
    ],
    [
      "a key twice",
      "{'descr': '|u1', 'descr': '|u1'}",
      `one of the keys descr, fortran_order and shape, ${known} at character 17`,
    ],
    [
      "a key too few",
      "{'descr': '|u1', 'shape': ()}",
      "all of the keys descr, fortran_order and shape at character 29",
    ],
    ["a key without a value", "{'descr'}", "a colon at character 8"],
    ["keys without a comma", "{'descr': '|u1' 'shape': ()}", "a comma at character 16"],
    ["an open string", "{'descr': '|u1", "a string at character 10"],
    ["an escape", "{'d\\145scr': '|u1'}", "a string at character 1"],
    ["a newline inside", "{\n'descr': '|u1'}", "a string at character 1"],
    [
      "a structure",
      header("(2,)", "[('a', '|u1')]"),
      "one type for all numbers, not the fields of a structure,",
    ],
  ])("parseNpy refuses a header with %s", (_, text, reason) => {
    const error = refusal(file(text, [7, 8]));
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toContain(`parseNpy: bytes must have ${reason}`);
  });

  const types = "booleans, integers, floats or complex numbers (b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16)";
  test.each([
    ["objects", '"|O", Python objects, which only Python can read and which may run code'],
    ["bytes", '"|S3", texts'],
    ["text", '"<U3", texts'],
    ["raw", '"|V3", structures'],
    ["dates", '"<M8[s]", dates'],
    ["long doubles", '"<f16"'],
  ])("parseNpy says why it refuses NumPy's %s", (name, reason) => {
    const error = refusal(fromBase64(numpyFiles.refused[name]!));
    expect(error).toEqual(new RangeError(`parseNpy: bytes must hold ${types}, got ${reason}`));
  });

  test("parseNpy refuses NumPy's structures", () => {
    const error = refusal(fromBase64(numpyFiles.refused["a structure"]!));
    expect(String(error)).toContain("one type for all numbers, not the fields of a structure,");
  });

  test.each(["=f4", "|f4", "f4", "<f3", "<b8", "<toString", "", "<u16", "<f04"])(
    "parseNpy refuses the type %j",
    (descr) => {
      const error = refusal(file(header("(0,)", `'${descr}'`)));
      expect(error).toEqual(
        new RangeError(`parseNpy: bytes must hold ${types}, got ${JSON.stringify(descr)}`),
      );
    },
  );

  const start = "start with the magic string of NPY (93 4e 55 4d 50 59) and a header, got";
  test.each([
    ["nothing", [], `${start} no bytes`],
    ["a zip archive", [80, 75, 3, 4, 0, 0, 0, 0, 0, 0], `${start} 50 4b 03 04 00 00`],
    ["the magic string alone", [...file("").subarray(0, 9)], `${start} 93 4e 55 4d 50 59`],
    ["version 0.0", [...file("", [], [0, 0])], "be of the NPY version 1.0, 2.0 or 3.0, got 0.0"],
    ["version 4.0", [...file("", [], [4, 0])], "be of the NPY version 1.0, 2.0 or 3.0, got 4.0"],
    ["version 1.1", [...file("", [], [1, 1])], "be of the NPY version 1.0, 2.0 or 3.0, got 1.1"],
    [
      "half a header",
      [...file(header("()"), [7]).subarray(0, 40)],
      "hold a header that ends at byte 66, got 40 bytes",
    ],
    [
      "no length of a header",
      [...file("", [], [2, 0]).subarray(0, 10)],
      "hold a header that ends at byte 12, got 10 bytes",
    ],
    [
      "a long header",
      [...file("").subarray(0, 6), 2, 0, 255, 255, 255, 255],
      "have a header of at most 10000 bytes, got one of 4294967295",
    ],
    [
      "a file cut off",
      [...file(header("(3,)", "'<f4'"), [1, 2])],
      "be 80 long for shape [3] of float32, got 70 bytes",
    ],
    ["trailing bytes", [...file(header("()"), [1, 2])], "be 67 long for shape [] of uint8, got 68 bytes"],
    [
      "a huge shape",
      [...file(header("(999999999999999, 99999)"), [1, 2])],
      "be 99998999999999900000 long for shape [999999999999999, 99999] of uint8, got 90 bytes",
    ],
    [
      "a boolean of 2",
      [...file(header("(3,)", "'|b1'"), [0, 1, 2])],
      "hold 0 or 1 for each boolean, got 2 for [2]",
    ],
  ])("parseNpy refuses %s", (_, bytes, reason) => {
    expect(refusal(Uint8Array.from(bytes))).toEqual(new RangeError(`parseNpy: bytes must ${reason}`));
  });

  test("parseNpy refuses what is not bytes", () => {
    expect(() => parseNpy([0x93] as never)).toThrow(
      new TypeError("parseNpy: bytes must be a Uint8Array, got object"),
    );
  });
});
