import { describe, expect, test } from "vitest";
import { csvColumns } from "./csv-columns.ts";
import { parseCsv } from "./parse-csv.ts";

/** The text as a stream gives it, in pieces of this many elements. */
async function* pieces<Text extends string | Uint8Array>(text: Text, size: number): AsyncGenerator<Text> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size) as Text;
}

test("csvColumns gives what parseCsv gives, of pieces that end anywhere", async () => {
  const text = '\ufeffx,"tä""g;\n ⛄",y\r\n1.25,"a,\r\n""b""",-2\r\n"3",ü,4e-1\n5,,nan';
  const options = { columns: ["y", "x"] };
  const expected = parseCsv(text, options);
  expect(expected).toEqual({
    names: ["y", "x"],
    columns: [Float64Array.of(-2, 0.4, Number.NaN), Float64Array.of(1.25, 3, 5)],
  });
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size++) {
    expect(await csvColumns(pieces(text, size), options)).toEqual(expected);
    expect(await csvColumns(pieces(bytes, size), options)).toEqual(expected);
  }
});

test("csvColumns holds many rows, and columns without any", async () => {
  const rows = Array.from({ length: 5000 }, (_, row) => `${row},${(row + 1) / -7}\n`);
  const { names, columns } = await csvColumns(rows, { header: false });
  expect(names).toEqual([]);
  expect(columns).toEqual([
    Float64Array.from({ length: 5000 }, (_, row) => row),
    Float64Array.from({ length: 5000 }, (_, row) => (row + 1) / -7),
  ]);
  expect(await csvColumns(["x,y\n"])).toEqual({
    names: ["x", "y"],
    columns: [new Float64Array(0), new Float64Array(0)],
  });
  expect(await csvColumns([], { header: false })).toEqual({ names: [], columns: [] });
});

describe("csvColumns refuses", () => {
  test.each(["nan", "-inf", "Infinity"])("%s, where numbers must be finite", async (word) => {
    const refused = csvColumns(["x,y\n1,nan\n", `${word},0\n`], { columns: ["x"], finite: true });
    await expect(refused).rejects.toThrow(
      `csvColumns: chunks must have a finite number at line 3, column "x", got "${word}"`,
    );
    expect((await csvColumns([`x\n${word}\n`])).columns[0]).toHaveLength(1);
  });

  test.each([
    [["x\n1", "a\n"], {}, 'chunks must have a number at line 2, column "x", got "1a"'],
    [[], {}, "chunks must have a row with the names of columns (or header: false), got nothing"],
    [["x\n12345"], { maxRowLength: 4 }, "chunks must have rows of at most 4 characters, got at line 2"],
    [[Uint8Array.of(255)], {}, "chunks must be UTF-8, got bytes that are not"],
    [[], { maxRowLength: 0 }, "maxRowLength must be a safe integer from 1, got 0"],
  ])("%j, %j", async (chunks, options, reason) => {
    await expect(csvColumns(chunks as string[], options)).rejects.toThrow(`csvColumns: ${reason}`);
  });
});
