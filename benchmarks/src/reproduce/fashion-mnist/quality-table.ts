import type { QualityFigure, QualityName, SetQuality } from "@mhgan/cli";
import type { Cell, StudyTable } from "../study.ts";

/** A measure as a column of a table. */
export interface QualityColumn {
  readonly key: QualityName;
  readonly name: string;
  readonly digits: number;
}

/** All measures of the judge. */
export const qualityColumns: readonly QualityColumn[] = [
  { key: "frechetDistance", name: "Fréchet distance", digits: 1 },
  { key: "kernelDistance", name: "kernel distance", digits: 1 },
  { key: "precision", name: "precision", digits: 3 },
  { key: "recall", name: "recall", digits: 3 },
  { key: "density", name: "density", digits: 3 },
  { key: "coverage", name: "coverage", digits: 3 },
];

/** A figure with half the width of its interval of 95 %. */
export function intervalCell({ estimate, lower, upper }: QualityFigure): Cell {
  return { value: rounded(estimate), error: rounded((upper - lower) / 2) };
}

/** The measures of a set, or of its difference from another, in the order of the columns. */
export function qualityCells(
  quality: SetQuality["quality"],
  columns: readonly QualityColumn[] = qualityColumns,
): Cell[] {
  return columns.map(({ key }) => intervalCell(quality[key]));
}

/** Columns as tables have them. */
export function columnsOf(columns: readonly QualityColumn[]): StudyTable["columns"] {
  return columns.map(({ name, digits }) => ({ name, digits }));
}

/** Enough digits for every table. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
