import { describe, expect, test } from "vitest";
import { type Evaluation, type EvaluationCell, formatCell, standings } from "./evaluation.ts";
import { evaluationTable } from "./evaluation-table.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const cell = (value: number, reach?: number): EvaluationCell =>
  reach === undefined ? { value } : { value, low: value - reach, high: value + reach };

const evaluation = (
  better: "higher" | "lower" | number,
  cells: readonly (EvaluationCell | undefined)[],
  reference = false,
): Evaluation => ({
  columns: [{ name: "measure", better, digits: 2 }],
  rows: cells.map((each, i) => ({
    name: `row ${i}`,
    cells: [each],
    ...(reference && i === 0 && { reference }),
  })),
  caption: "What it is.",
});

describe("standings", () => {
  test("the best is the highest, the lowest or the closest", () => {
    const cells = [cell(1), cell(3), cell(2)];
    expect(standings(evaluation("higher", cells), 0)).toEqual([undefined, "best", undefined]);
    expect(standings(evaluation("lower", cells), 0)).toEqual(["best", undefined, undefined]);
    expect(standings(evaluation(2.2, cells), 0)).toEqual([undefined, undefined, "best"]);
  });

  test("what overlaps the best is level with it", () => {
    expect(standings(evaluation("higher", [cell(1, 0.6), cell(2, 0.6), cell(0, 0.1)]), 0)).toEqual([
      "level",
      "best",
      undefined,
    ]);
    expect(standings(evaluation("higher", [cell(1), cell(1), cell(0)]), 0)).toEqual([
      "best",
      "best",
      undefined,
    ]);
    expect(standings(evaluation("higher", [cell(1), cell(1)]), 0)).toEqual([undefined, undefined]);
  });

  test("real data are no rival, nor is what was not measured, and one alone is not best", () => {
    expect(standings(evaluation("higher", [cell(9), cell(1), cell(2)], true), 0)).toEqual([
      undefined,
      undefined,
      "best",
    ]);
    expect(standings(evaluation("higher", [undefined, cell(1)]), 0)).toEqual([undefined, undefined]);
    expect(standings(evaluation("higher", []), 0)).toEqual([]);
  });
});

test("formatCell shows shares as per cent if asked to", () => {
  expect(formatCell(0.1234, { digits: 1, percent: true })).toBe("12.3 %");
  expect(formatCell(-0.1234, { digits: 3 })).toBe("−0.123");
});

describe("evaluationTable", () => {
  test("has values, intervals and marks, and says in words which is best", () => {
    const html = evaluationTable(
      evaluation("lower", [cell(0, 0.1), cell(1, 0.25), cell(1.2, 0.25), undefined], true),
    );
    expect(unbalancedTag(html)).toBeUndefined();
    expect(html).toContain('<span class="unseen">best: </span>1.00</span><small>0.75 to 1.25</small>');
    expect(html).toContain('<span class="unseen">level with the best: </span>1.20');
    expect(html).toContain("not measured");
    expect(html).toContain("↓ lower is better");
    expect(html).toContain("the upright line is row 0");
    expect(html.match(/<svg class="interval/g)).toHaveLength(3);
  });

  test("intervals are drawn to the scale of their column", () => {
    const html = evaluationTable(
      evaluation("higher", [{ value: 0, low: 0, high: 0 }, cell(5), { value: 10, low: 10, high: 10 }]),
    );
    const centres = [...html.matchAll(/cx="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(centres).toEqual([5, 56, 107]);
  });

  test("all alike, infinite, or nothing: no number that is none", () => {
    for (const cells of [[cell(1), cell(1)], [cell(Infinity), cell(0)], [undefined], []]) {
      expect(evaluationTable(evaluation("higher", cells))).not.toMatch(/NaN|undefined|="[^"]*Infinity/);
    }
  });

  test("refuses what does not fit", () => {
    const usual = evaluation("higher", [cell(1)]);
    expect(() => evaluationTable({ ...usual, rows: [{ name: "a", cells: [] }] })).toThrow(
      "a must have 1 cells, got 0",
    );
    expect(() => evaluationTable(evaluation("higher", [cell(Number.NaN)]))).toThrow(
      "measure of row 0 must be a number, got NaN",
    );
    expect(() => evaluationTable(evaluation("higher", [{ value: 1, low: 0 }]))).toThrow(
      "both ends of its interval, or none",
    );
    expect(() => evaluationTable(evaluation("higher", [{ value: 1, low: 2, high: 3 }]))).toThrow(
      "low ≤ value ≤ high, got 2, 1, 3",
    );
    expect(() =>
      evaluationTable({ ...usual, columns: [{ name: "m", better: "higher", digits: 0.5 }] }),
    ).toThrow("digits of m");
  });

  test("escapes names and captions", () => {
    const html = evaluationTable({
      columns: [{ name: "<i>", better: "higher", digits: 0 }],
      rows: [{ name: "<b>", cells: [cell(1)] }],
      caption: "<u>",
    });
    expect(html).not.toMatch(/<[ibu]>/);
  });
});
