import type { Interval } from "./interval.ts";

/** What a sampler costs, and how close its draws come to the data. */
export interface SamplerFigures {
  /** What the sampler is called, with its settings. */
  readonly name: string;
  /** Expected proposals for each draw, from 1. `Infinity` if it never ends. */
  readonly cost: number;
  /** Predicted, between the law of a draw and that of the data, in [0, 1]. */
  readonly totalVariation: number;
  /** The same, measured on held-out scores. */
  readonly measuredTotalVariation?: Interval;
  /** Whether the run drew with it. */
  readonly chosen?: boolean;
}

/** Costs that differ by less are one. */
const SAME = 1.001;

/** Those that no other beats in one respect without losing in the other, cheapest first. O(n²). */
export function costQualityFront(samplers: readonly SamplerFigures[]): SamplerFigures[] {
  const finite = samplers.filter(({ cost }) => Number.isFinite(cost));
  const isBeatenBy = (one: SamplerFigures, other: SamplerFigures) =>
    (other.cost <= one.cost * SAME && other.totalVariation < one.totalVariation) ||
    (other.cost < one.cost && other.totalVariation === one.totalVariation);
  return finite
    .filter((one) => !finite.some((other) => isBeatenBy(one, other)))
    .sort((a, b) => a.cost - b.cost);
}
