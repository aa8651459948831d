import { twentyFiveGaussians } from "@mhgan/datasets";
import { type BootstrapInterval, bootstrapInterval, modeMetrics } from "@mhgan/metrics";

/** The law of the data, in the units that the GAN was trained in. */
export const grid = twentyFiveGaussians({ standardize: true });

export interface Quality {
  /** The share of points within four standard deviations of a mode. */
  readonly highQuality: BootstrapInterval;
  readonly modes: number;
  /** Jensen-Shannon divergence of the modes' shares from equal ones, in nats. */
  readonly divergence: BootstrapInterval;
}

/** How good points are, row-major, and how sure that is. */
export function qualityOf(points: ArrayLike<number>, random: () => number): Quality {
  const count = points.length / 2;
  const metrics = (rows: ArrayLike<number>) =>
    modeMetrics(
      Float64Array.from({ length: 2 * rows.length }, (_, i) => points[2 * rows[i >> 1]! + (i & 1)]!),
      { ...grid, dimensions: 2 },
    );
  const interval = (measure: "highQualityShare" | "jensenShannon") =>
    bootstrapInterval((rows) => metrics(rows!)[measure], count, { random, replicates: 100 });
  return {
    highQuality: interval("highQualityShare"),
    modes: metrics(Array.from({ length: count }, (_, row) => row)).recoveredModes,
    divergence: interval("jensenShannon"),
  };
}
