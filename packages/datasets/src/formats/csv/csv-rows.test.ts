import { describe, expect, test } from "vitest";
import { csvRows } from "./csv-rows.ts";
import { parseCsv } from "./parse-csv.ts";

async function rowsOf(chunks: Parameters<typeof csvRows>[0], options = {}): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const row of csvRows(chunks, options)) rows.push([...row]);
  return rows;
}

/** The text as a stream gives it, in pieces of this many elements. */
async function* pieces<Text extends string | Uint8Array>(text: Text, size: number): AsyncGenerator<Text> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size) as Text;
}

const text = '\ufeffx,"tä""g;\n ⛄",y\r\n1.25,"a,\r\n""b""",-2\r\n"3",ü,4e-1\n5,,6';
const options = { columns: ["y", "x"] };
const expected = [
  [-2, 1.25],
  [0.4, 3],
  [6, 5],
];

test("csvRows reads pieces that end anywhere, of text and of bytes", async () => {
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size++) {
    expect(await rowsOf(pieces(text, size), options)).toEqual(expected);
    expect(await rowsOf(pieces(bytes, size), options)).toEqual(expected);
  }
  const { columns } = parseCsv(text, options);
  expect(columns.map((column) => [...column])).toEqual([0, 1].map((i) => expected.map((row) => row[i])));
});

test("csvRows takes bytes and strings by turns, nothing, and a Buffer", async () => {
  expect(await rowsOf(["x\n", Buffer.from("1\n"), "", new Uint8Array(0), "2\n"])).toEqual([[1], [2]]);
  expect(await rowsOf([], { header: false })).toEqual([]);
});

test("csvRows gives rows before the text ends, each in an array of its own", async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<string> {
    yield "x\n";
    for (;;) yield `${asked++}\n`;
  }
  const rows: Float64Array[] = [];
  for await (const row of csvRows(endless())) if (rows.push(row) === 3) break;
  expect(rows.map((row) => [...row])).toEqual([[0], [1], [2]]);
  expect(asked).toBe(3);
});

test("csvRows ends the source when it is left, also by an error", async () => {
  let ended = 0;
  function* source(): Generator<string> {
    try {
      yield "x\n1\n";
      yield "a\n";
    } finally {
      ended++;
    }
  }
  for await (const _ of csvRows(source())) break;
  await rowsOf(source()).catch(() => {});
  expect(ended).toBe(2);
});

describe("errors", () => {
  test.each([
    [
      ["x\n1\n", "2,", "3\n"],
      {},
      RangeError,
      "chunks must have as many fields in each row as in the first, 1, got 2 at line 3",
    ],
    [["x\n1", "a\n"], {}, RangeError, 'chunks must have a number at line 2, column "x", got "1a"'],
    [[], {}, RangeError, "chunks must have a row with the names of columns (or header: false), got nothing"],
    [
      ['x\n"1', "23", "456"],
      { maxRowLength: 5 },
      RangeError,
      "chunks must have rows of at most 5 characters, got at line 2: a longer one begins here",
    ],
    [
      [",,,,,"],
      { maxRowLength: 5 },
      RangeError,
      "chunks must have rows of at most 5 characters, got at line 1:",
    ],
    [[new Uint8Array([120, 10, 255])], {}, RangeError, "chunks must be UTF-8, got bytes that are not"],
    [[new Uint8Array([120, 10, 49, 0xc3])], {}, RangeError, "chunks must be UTF-8, got bytes that are not"],
    [
      [new Uint8Array([120, 10, 49, 0xc3]), "1"],
      {},
      RangeError,
      "chunks must be UTF-8, got bytes that are not",
    ],
    [[new Float64Array(2)], {}, TypeError, "chunks must be strings or Uint8Arrays, got object"],
    [[], { maxRowLength: 0 }, RangeError, "maxRowLength must be a safe integer from 1, got 0"],
    [[], { separator: "" }, RangeError, 'separator must be a comma, a semicolon or a tab, got ""'],
    [
      ["x\n"],
      { columns: ["y"] },
      RangeError,
      'columns[0] must be one of the names "x" (once), or a whole number from 0 to 0, got "y"',
    ],
  ])("csvRows refuses %j, %j", async (chunks, options, kind, reason) => {
    const refused = rowsOf(chunks as string[], options);
    await expect(refused).rejects.toBeInstanceOf(kind);
    await expect(refused).rejects.toThrow(`csvRows: ${reason}`);
  });
});
