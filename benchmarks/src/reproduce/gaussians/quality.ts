import { modeMetrics } from "@mhgan/metrics";
import { data } from "./recipe.ts";

/** How good the draws of one row are, for one seed, and what they cost. */
export interface Quality {
  readonly highQualityShare: number;
  readonly recoveredModes: number;
  readonly jensenShannon: number;
  /** In units of the grid, where the data have 0.05. */
  readonly withinModeSd: number;
  /** Samples that were looked at for one draw. */
  readonly proposalsPerDraw?: number;
  /** Samples generated for one draw: more, since they are made in blocks. */
  readonly callsPerDraw?: number;
  /** Samples that went through the models forward and backward, for one draw; not among the calls. */
  readonly gradientsPerDraw?: number;
  readonly acceptanceRate?: number;
  /** Share of chains that never left the real sample they started from, or of runs that accepted nothing. */
  readonly capOutRate?: number;
  /** Total variation between the law of a draw and the target that the weights define, foretold from the weights of other samples. */
  readonly totalVariation?: number;
}

/** Measures points, row after row, against the 25 Gaussians. */
export function qualityOf(points: ArrayLike<number>): Quality {
  const { modes, modeSd, scale } = data;
  const metrics = modeMetrics(points, { modes, modeSd, dimensions: 2 });
  const { highQualityShare, recoveredModes, jensenShannon, withinModeSd } = metrics;
  return { highQualityShare, recoveredModes, jensenShannon, withinModeSd: withinModeSd / scale };
}
