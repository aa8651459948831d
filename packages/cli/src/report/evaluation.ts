import { formatFixed } from "./format-number.ts";

/** A measure of samples. */
export interface EvaluationColumn {
  /** What the measure is called. */
  readonly name: string;
  /** Which values are good: high ones, low ones, or those close to a number. */
  readonly better: "higher" | "lower" | number;
  /** How many digits after the point are shown. */
  readonly digits: number;
  /** Shown as per cent: values are shares. */
  readonly percent?: boolean;
}

/** A measured value, with an interval where one is known. */
export interface EvaluationCell {
  /** The measured value. */
  readonly value: number;
  /** The lower end of its interval. */
  readonly low?: number;
  /** The upper end of its interval. */
  readonly high?: number;
}

/** Samples that were measured. */
export interface EvaluationRow {
  /** What the samples are called. */
  readonly name: string;
  /** One for each column; undefined: not measured. */
  readonly cells: readonly (EvaluationCell | undefined)[];
  /** Real data, which show what could be reached at best. Not compared with the others. */
  readonly reference?: boolean;
}

/** Samples by measures. */
export interface Evaluation {
  /** One for each measure, from left to right. */
  readonly columns: readonly EvaluationColumn[];
  /** One for each set of samples, from top to bottom. */
  readonly rows: readonly EvaluationRow[];
  /** What the measures are, in plain words. */
  readonly caption: string;
}

/** How a value stands among the others of its column. `"level"`: its interval and that of the best overlap. */
export type Standing = "best" | "level" | undefined;

/** Says for each row how its value in a column stands. */
export function standings({ columns, rows }: Evaluation, column: number): Standing[] {
  const { better } = columns[column]!;
  const loss = (value: number) =>
    better === "higher" ? -value : better === "lower" ? value : Math.abs(value - better);
  const compared = rows.map(({ cells, reference }) => (reference ? undefined : cells[column]));
  const losses = compared.map((cell) => (cell ? loss(cell.value) : Infinity));
  const least = Math.min(...losses);
  const best = compared[losses.indexOf(least)];
  // Where all are alike none is best.
  const areRivals = compared.some((cell, i) => cell !== undefined && losses[i] !== least);
  return compared.map((cell, i) => {
    if (cell === undefined || best === undefined || !areRivals) return undefined;
    if (losses[i] === least) return "best";
    const areKnown = [cell.low, cell.high, best.low, best.high].every((end) => end !== undefined);
    return areKnown && cell.low! <= best.high! && best.low! <= cell.high! ? "level" : undefined;
  });
}

/** A value as its column shows it. */
export function formatCell(
  value: number,
  { digits, percent }: Pick<EvaluationColumn, "digits" | "percent">,
): string {
  return percent ? `${formatFixed(100 * value, digits)} %` : formatFixed(value, digits);
}
