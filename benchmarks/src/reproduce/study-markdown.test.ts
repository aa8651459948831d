import { expect, test } from "vitest";
import { cellText, rowsMarkdown, studyMarkdown } from "./study-markdown.ts";

const table = {
  title: "T",
  note: "N.",
  columns: [
    { name: "a", digits: 2 },
    { name: "b", digits: 1 },
  ],
  rows: [
    { name: "x", cells: [[1, 2, 3], "none"] },
    { name: "y", cells: [[0.125], { value: 2, error: 0.25 }] },
  ],
};

test("cells show runs, errors and text", () => {
  expect(cellText([1, 2, 3], 2)).toBe("2.00 ± 1.00");
  expect(cellText([0.126], 2)).toBe("0.13");
  expect(cellText([], 2)).toBe("");
  expect(cellText({ value: 0.5, error: 0.012 }, 3)).toBe("0.500 ± 0.012");
  expect(cellText("paper", 3)).toBe("paper");
});

test("a study is its pictures and tables, or some rows and columns of one", () => {
  expect(
    studyMarkdown("S", { settings: {}, tables: [table], pictures: { "s-law.svg": "<svg/>" } }),
  ).toBe(`## S

![s law](s-law.svg)

### T

N.

|  | a | b |
|---|---:|---:|
| x | 2.00 ± 1.00 | none |
| y | 0.13 | 2.0 ± 0.3 |`);
  expect(rowsMarkdown(table, { rows: ["y"], columns: ["b"] })).toBe(
    "|  | b |\n|---|---:|\n| y | 2.0 ± 0.3 |",
  );
  expect(() => rowsMarkdown(table, { rows: ["z"] })).toThrow('no row or column "z"');
});
