import { type BinaryLabels, toBinaryLabels, toSomeProbabilities, toWeights } from "../checks.ts";

/** Options of the measures that need nothing but weights. */
export interface WeightOptions {
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Checked rows; every array has length n, at least 1, and must not be written to. */
export interface Rows {
  /** In [0, 1]. */
  readonly probabilities: Float64Array;
  /** 0 or 1. */
  readonly labels: Float64Array;
  /** Finite, ≥ 0, of positive sum. */
  readonly weights: Float64Array;
}

/** Checks what almost every measure takes. */
export function toRows(
  caller: string,
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  weights: ArrayLike<number> | undefined,
): Rows {
  const p = toSomeProbabilities(caller, probabilities);
  return {
    probabilities: p,
    labels: toBinaryLabels(caller, labels, "probabilities", p.length),
    weights: toWeights(caller, weights, "probabilities", p.length),
  };
}
