import { expect, test } from "vitest";
import { formatCsv } from "./format-csv.ts";

test("formatCsv writes lines, with names where there are any, quoted where they must be", () => {
  expect(formatCsv({ columns: [[1, -0], new Float32Array([0.5, NaN])] })).toBe("1,0.5\n-0,NaN\n");
  expect(formatCsv({ names: ["a;b", 'c"d'], columns: [[1e21], [1e-7]] }, { separator: ";" })).toBe(
    '"a;b";"c""d"\n1e+21;1e-7\n',
  );
  expect(formatCsv({ columns: [] })).toBe("");
  expect(formatCsv({ names: ["x"], columns: [[]] })).toBe("x\n");
});

test.each([
  [{ names: ["x"], columns: [[1], [2]] }, {}, RangeError, "names must be 2 long, one for each column, got 1"],
  [{ columns: [[1], [2, 3]] }, {}, RangeError, "columns[1] must be 1 long, as columns[0], got 2"],
  [{ columns: [[1], ["2"]] }, {}, TypeError, "columns[1][0] must be a number, got string"],
  [
    { columns: [[1]] },
    { separator: " " },
    RangeError,
    'separator must be a comma, a semicolon or a tab, got " "',
  ],
])("formatCsv refuses %j, %j", (table, options, kind, reason) => {
  expect(() => formatCsv(table as never, options as never)).toThrow(kind);
  expect(() => formatCsv(table as never, options as never)).toThrow(`formatCsv: ${reason}`);
});
