import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCsv } from "./format-csv.ts";
import { parseCsv } from "./parse-csv.ts";

const read = (text: string, options = {}) => {
  const { names, columns } = parseCsv(text, options);
  return [names, columns.map((column) => [...column])];
};

describe("what parseCsv reads", () => {
  test.each([
    [
      "a header",
      "x,y\n1,2\n3,4\n",
      {},
      [
        ["x", "y"],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ],
    [
      "no header",
      "1,2\n3,4\n",
      { header: false },
      [
        [],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ],
    ["no newline at the end", "x\n1\n2", {}, [["x"], [[1, 2]]]],
    [
      "CRLF",
      "x,y\r\n1,2\r\n",
      {},
      [
        ["x", "y"],
        [[1], [2]],
      ],
    ],
    [
      "CRLF after quotes",
      '"x","y"\r\n"1","2"\r\n',
      {},
      [
        ["x", "y"],
        [[1], [2]],
      ],
    ],
    [
      "a header alone",
      "x,y\n",
      {},
      [
        ["x", "y"],
        [[], []],
      ],
    ],
    ["nothing", "", { header: false }, [[], []]],
    ["a header of an empty name", "\n1\n", {}, [[""], [[1]]]],
    ["a byte order mark", "\ufeffx\n1\n", {}, [["x"], [[1]]]],
    [
      "semicolons",
      "x;y\n1;2\n",
      { separator: ";" },
      [
        ["x", "y"],
        [[1], [2]],
      ],
    ],
    [
      "tabs and blanks",
      "x\ty\n 1 \t2  \n",
      { separator: "\t" },
      [
        ["x", "y"],
        [[1], [2]],
      ],
    ],
    [
      "quoted names",
      '"a,b","say ""x""","two\nlines"\n1,2,3\n',
      {},
      [
        ["a,b", 'say "x"', "two\nlines"],
        [[1], [2], [3]],
      ],
    ],
    [
      "an empty quoted name",
      '"",y\n1,2\n',
      {},
      [
        ["", "y"],
        [[1], [2]],
      ],
    ],
    [
      "columns by name, in another order",
      "x,y,z\n1,2,3\n",
      { columns: ["z", "x"] },
      [
        ["z", "x"],
        [[3], [1]],
      ],
    ],
    [
      "columns by index",
      "x,y,z\n1,2,3\n",
      { columns: [2, "x", 2] },
      [
        ["z", "x", "z"],
        [[3], [1], [3]],
      ],
    ],
    ["columns without a header", "1,a\n2,b\n", { columns: [0], header: false }, [[], [[1, 2]]]],
    ["no column", "x\na\n", { columns: [] }, [[], []]],
    ["a name twice, by index", "x,x\n1,2\n", { columns: [1] }, [["x"], [[2]]]],
    [
      "every form of a number",
      "x\n+1\n-.5\n1.\n1e3\n1E-3\n007\n-0\n",
      {},
      [["x"], [[1, -0.5, 1, 1000, 0.001, 7, -0]]],
    ],
    [
      "NaN and infinities",
      "x\nNaN\n-nan\ninf\n-Infinity\n+INF\n",
      {},
      [["x"], [[NaN, NaN, Infinity, -Infinity, Infinity]]],
    ],
  ])("%s", (_, text, options, expected) => {
    expect(read(text, options)).toEqual(expected);
  });
});

describe("errors", () => {
  const at = "text must have a number at line";
  test.each([
    ["x,y\n1,2\n3,a\n", {}, `${at} 3, column "y", got "a"`],
    ["x,y\n1,\n", {}, `${at} 2, column "y", got ""`],
    ["1;b", { separator: ";", header: false }, `${at} 1, column 1 (from 0), got "b"`],
    ["x\n1\n\n2\n", {}, `${at} 3, column "x", got ""`],
    ['"x\ny"\n"1"\nz', {}, `${at} 4, column "x\\ny", got "z"`],
    ["x\n0x10\n", {}, `${at} 2, column "x", got "0x10"`],
    ["x\n1_000\n", {}, `${at} 2, column "x", got "1_000"`],
    ["x\n1 2\n", {}, `${at} 2, column "x", got "1 2"`],
    ["x;y\n1,5;2\n", { separator: ";" }, `${at} 2, column "x", got "1,5"`],
    ["x\n1e\n", {}, `${at} 2, column "x", got "1e"`],
    ["x\n.\n", {}, `${at} 2, column "x", got "."`],
    ["x\n1e999\n", {}, `${at} 2, column "x", got "1e999"`],
    ["x\n\u0661\n", {}, `${at} 2, column "x", got "\u0661"`],
    ["x\ntrue\n", {}, `${at} 2, column "x", got "true"`],
    [`x\n${"1".repeat(200)}x`, {}, `${at} 2, column "x", got "${"1".repeat(80)}…"`],
    ["x,y\n1,2\n3\n", {}, "text must have as many fields in each row as in the first, 2, got 1 at line 3"],
    ["x,y\n1,2,3\n", {}, "text must have as many fields in each row as in the first, 2, got 3 at line 2"],
    ["x,y\n1,2\n\n", {}, "text must have as many fields in each row as in the first, 2, got 1 at line 3"],
    ["", {}, "text must have a row with the names of columns (or header: false), got nothing"],
    ["x\r1\r", {}, "text must have a newline after each return, got at line 1: a return alone"],
    ["x\n1\r", {}, "text must have a newline after each return, got at line 2: a return alone"],
    [
      'x\n1"2"\n',
      {},
      'text must have quotes around whole fields, and doubled inside them, got at line 2: "\\"2\\"\\n"',
    ],
    [
      'x\n"1"2\n',
      {},
      'text must have quotes around whole fields, and doubled inside them, got at line 2: "2\\n"',
    ],
    [
      'x\n1\n"2\n3',
      {},
      "text must have an end to each quoted field, got at line 3: none for one in the row that begins here",
    ],
    [
      "x,y\n1,2\n",
      { columns: ["z"] },
      'columns[0] must be one of the names "x, y" (once), or a whole number from 0 to 1, got "z"',
    ],
    [
      "x,x\n1,2\n",
      { columns: ["x"] },
      'columns[0] must be one of the names "x, x" (once), or a whole number from 0 to 1, got "x"',
    ],
    [
      "x,y\n1,2\n",
      { columns: [0, 2] },
      'columns[1] must be one of the names "x, y" (once), or a whole number from 0 to 1, got 2',
    ],
    ["1,2\n", { columns: ["x"], header: false }, 'columns[0] must be a whole number from 0 to 1, got "x"'],
    ["1,2\n", { columns: [-1], header: false }, "columns[0] must be a whole number from 0 to 1, got -1"],
    ["1,2\n", { columns: [0.5], header: false }, "columns[0] must be a whole number from 0 to 1, got 0.5"],
    ["1|2\n", { separator: "|" }, 'separator must be a comma, a semicolon or a tab, got "|"'],
  ])("parseCsv refuses %j, %j", (text, options, reason) => {
    expect(() => parseCsv(text, options as never)).toThrow(new RangeError(`parseCsv: ${reason}`));
  });

  test("parseCsv refuses what is not text", () => {
    expect(() => parseCsv(new Uint8Array(3) as never)).toThrow(
      new TypeError("parseCsv: text must be a string, got object"),
    );
  });
});

test("parseCsv gives back the bits and names that formatCsv was given", () => {
  const separator = fc.constantFrom(",", ";", "\t");
  const table = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 }), fc.boolean())
    .chain(([width, rows, named]) =>
      fc.record({
        names: fc.array(
          fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\t", "\n", "\r", " ", "é", "\ufeff") }),
          {
            minLength: named ? width : 0,
            maxLength: named ? width : 0,
          },
        ),
        columns: fc.array(fc.float64Array({ minLength: rows, maxLength: rows }), {
          minLength: width,
          maxLength: width,
        }),
      }),
    );
  fc.assert(
    fc.property(table, separator, ({ names, columns }, separator) => {
      const text = formatCsv({ names, columns }, { separator });
      const back = parseCsv(text, { separator, header: names.length > 0 });
      expect(back.names).toEqual(names);
      expect(back.columns).toEqual(text === "" ? [] : columns); // without names or rows nothing is left
    }),
    { seed: 3, numRuns: 1000 },
  );
});
