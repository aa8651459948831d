import { betaQuantile, incompleteBeta } from "./beta-quantile.ts";

/** The chance that Student's t is at least this far from 0, on either side. */
export function twoSidedTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  const total = degreesOfFreedom + square;
  return incompleteBeta(degreesOfFreedom / total, degreesOfFreedom / 2, 0.5, square / total);
}

/** How far from 0 Student's t gets, on either side, with this chance: the inverse of 1 − `twoSidedTail`. */
export function twoSidedQuantile(level: number, degreesOfFreedom: number): number {
  // Of x = ν / (ν + t²) and 1 − x, the smaller is the one that keeps its digits.
  const y = betaQuantile(level, 0.5, degreesOfFreedom / 2);
  if (y < 0.5) return Math.sqrt((degreesOfFreedom * y) / (1 - y));
  const x = betaQuantile(1 - level, degreesOfFreedom / 2, 0.5);
  return Math.sqrt((degreesOfFreedom * (1 - x)) / x);
}
