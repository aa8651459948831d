import { type BinaryLabels, toBinaryLabels, toNonEmpty, toWeights } from "../checks.ts";
import { toLogits } from "../score-kind.ts";
import type { ScoreReading } from "./score-reading.ts";

/** Checked rows of a fit, without those of weight 0. Nothing here may be written to. */
export interface FitRows {
  /** Length n ≥ 1. */
  readonly logits: Float64Array;
  /** Length n: 0 and 1. */
  readonly labels: Float64Array;
  /** Length n, positive; `undefined` if all are 1. */
  readonly weights: Float64Array | undefined;
  /** The sum of the weights of label 0. */
  readonly negatives: number;
  /** The sum of the weights of label 1. */
  readonly positives: number;
}

/** Checks the arguments that all fits of formulas share, and makes logits of the scores. */
export function toFitRows(
  caller: string,
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  { input, clip }: ScoreReading,
  weights: ArrayLike<number> | undefined,
): FitRows {
  const logits = toLogits(caller, toNonEmpty(caller, "scores", scores), input, clip ?? 0);
  const y = toBinaryLabels(caller, labels, "scores", logits.length);
  if (weights === undefined) {
    let positives = 0;
    for (let i = 0; i < y.length; i++) positives += y[i]!;
    return { logits, labels: y, weights, negatives: y.length - positives, positives };
  }
  const w = toWeights(caller, weights, "scores", logits.length);
  const sums: [negatives: number, positives: number] = [0, 0];
  for (let i = 0; i < y.length; i++) sums[y[i] as 0 | 1] += w[i]!;
  const present = (_: number, i: number): boolean => w[i]! > 0;
  const all = w.every((weight) => weight > 0);
  return {
    logits: all ? logits : logits.filter(present),
    labels: all ? y : y.filter(present),
    weights: all ? w : w.filter(present),
    negatives: sums[0],
    positives: sums[1],
  };
}

/** Refuses rows of one class only, for a method that has no finite optimum there. */
export function checkBothClasses(caller: string, { negatives, positives }: FitRows): void {
  if (negatives > 0 && positives > 0) return;
  throw new RangeError(`${caller}: labels must contain both classes, got only ${positives > 0 ? 1 : 0}`);
}
