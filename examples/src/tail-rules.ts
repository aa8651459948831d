import {
  type Calibrator,
  clippedTails,
  fitCentredIsotonic,
  fitIsotonic,
  fitPlatt,
  fitVennAbers,
  pooledTails,
  smoothedTails,
} from "@mhgan/calibration";

/** A way to fit weights, and what the tables call it. */
export interface TailRule {
  readonly name: string;
  fit(scores: Float64Array, labels: Float64Array): Calibrator;
}

/** Isotonic regression as scikit-learn has it: 0 and 1 in the tails. */
export const exact: TailRule = { name: "exact", fit: fitIsotonic };

export const clipped: TailRule = {
  name: "clipped 1/(2n)",
  fit: (scores, labels) => fitIsotonic(scores, labels, { tails: clippedTails() }),
};

export function smoothed(pseudoCount: number): TailRule {
  const tails = smoothedTails({ pseudoCount });
  return { name: `smoothed ${pseudoCount}`, fit: (scores, labels) => fitIsotonic(scores, labels, { tails }) };
}

export function pooled(count: number): TailRule {
  const tails = pooledTails({ count });
  return { name: `pooled ${count}`, fit: (scores, labels) => fitIsotonic(scores, labels, { tails }) };
}

export function centred(count: number): TailRule {
  const tails = pooledTails({ count });
  return {
    name: `centred, pooled ${count}`,
    fit: (scores, labels) => fitCentredIsotonic(scores, labels, { tails }),
  };
}

export function centredSmoothed(pseudoCount: number): TailRule {
  const tails = smoothedTails({ pseudoCount });
  return {
    name: `centred, smoothed ${pseudoCount}`,
    fit: (scores, labels) => fitCentredIsotonic(scores, labels, { tails }),
  };
}

export const vennAbers: TailRule = {
  name: "Venn-ABERS",
  fit: (scores, labels) => fitVennAbers(scores, labels),
};

export const platt: TailRule = { name: "Platt", fit: (scores, labels) => fitPlatt(scores, labels) };
