import { takeRows } from "@mhgan/datasets";
import type { RandomStream } from "@mhgan/mcmc";
import {
  type BootstrapInterval,
  bootstrapInterval,
  classifierTwoSampleTest,
  slicedWassersteinDistance,
} from "@mhgan/metrics";
import type { Points } from "./moons.ts";

export interface Quality {
  /** The share of rows that break a rule which real ones keep, but for three in a thousand: to lie within three standard deviations of a moon. */
  readonly broken: BootstrapInterval;
  /**
   * Sliced Wasserstein distance from real rows, of which the standard error is good and the interval is not: rows that are drawn twice put replicates farther
   * apart than the samples are.
   */
  readonly distance: Pick<BootstrapInterval, "estimate" | "standardError">;
  /** How often nearest neighbours tell real from drawn: one half where they cannot. */
  readonly toldApart: { readonly accuracy: number; readonly pValue: number };
}

/** Holds drawn rows against real ones that nothing was made with. */
export function qualityOf(drawn: Points, real: Points, random: RandomStream): Quality {
  const [draws, reals] = [drawn.shape[0]!, real.shape[0]!];
  const breaks = brokenRows(drawn.data);
  return {
    broken: bootstrapInterval((rows) => rows!.reduce((sum, row) => sum + breaks[row]!, 0) / draws, draws, {
      random: random.split("broken"),
    }),
    distance: bootstrapInterval(
      (drawnRows, realRows) =>
        slicedWassersteinDistance(takeRows(real, realRows!), takeRows(drawn, drawnRows!), {
          projections: 20,
          random: random.split("projections"), // the same for every replicate
        }),
      [draws, reals],
      { random: random.split("distance"), replicates: 100 },
    ),
    toldApart: classifierTwoSampleTest(real, drawn, { random: random.split("told apart") }),
  };
}

/** The share of rows that break the rule. */
export function shareBroken(data: Float64Array): number {
  const breaks = brokenRows(data);
  return breaks.reduce((sum, broken) => sum + broken, 0) / breaks.length;
}

/** 1 for each row that breaks the rule, 0 for the others. */
function brokenRows(data: Float64Array): Float64Array {
  return Float64Array.from({ length: data.length / 2 }, (_, row) =>
    Number(distanceFromMoons(data[2 * row]!, data[2 * row + 1]!) > 0.3),
  );
}

/** From the nearer of the two half circles. */
export function distanceFromMoons(x: number, y: number): number {
  const fromArc = (u: number, v: number): number =>
    v >= 0 ? Math.abs(Math.hypot(u, v) - 1) : Math.min(Math.hypot(u - 1, v), Math.hypot(u + 1, v));
  return Math.min(fromArc(x, y), fromArc(1 - x, 0.5 - y));
}
