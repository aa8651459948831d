import type { RandomStream } from "@mhgan/mcmc";
import type { Entrant } from "./entrants.ts";
import { type ExactLaw, totalVariationFromData } from "./exact-laws.ts";
import { cellOf, modeOf } from "./line.ts";
import type { SampledDraws } from "./sampling.ts";

/** An exact figure, and the same as some draws have it. */
export interface Compared {
  readonly exact: number;
  readonly sampled: number;
  readonly error: number;
  /** How many standard errors the draws are off. */
  readonly z: number;
}

/** A sampler's draws against its exact law. */
export interface Comparison {
  readonly draws: SampledDraws;
  /** The share of each of the four modes. */
  readonly modes: readonly Compared[];
  readonly totalVariation: Compared;
  readonly proposals?: Compared;
  readonly capOut?: Compared;
  readonly acceptance?: Compared;
}

/** Draws, and compares all that is known exactly. */
export async function compare(entrant: Entrant, draws: number, random: RandomStream): Promise<Comparison> {
  const { exact } = entrant;
  const sampled = await entrant.draw(draws, random);
  const { points, proposals, capOuts, acceptances } = sampled;
  const count = points.length;
  const modes = modeShares(exact).map((share, mode) =>
    ofShare(share, points.filter((x) => modeOf(x) === mode).length / count, count),
  );
  // The total variation is what the draws have too much of where they have too much: a share, with the error of a share.
  const tooMany = exact.mass.map((mass, i) => (mass > exact.line.data[i]! ? 1 : 0));
  const total = totalVariationFromData(exact);
  const due = exact.line.data.reduce((sum, mass, i) => sum + mass * tooMany[i]!, 0);
  const there = points.filter((x) => tooMany[cellOf(exact.line, x)] === 1).length / count;
  const share = ofShare(total + due, there, count);
  return {
    draws: sampled,
    modes,
    totalVariation: { ...share, exact: total, sampled: there - due },
    ...(proposals && exact.proposals !== undefined && { proposals: ofMean(exact.proposals, proposals) }),
    ...(capOuts !== undefined &&
      exact.capOut !== undefined && { capOut: ofShare(exact.capOut, capOuts / count, count) }),
    ...(acceptances &&
      proposals &&
      exact.acceptance !== undefined && { acceptance: ofMean(exact.acceptance, acceptances) }),
  };
}

/** Every figure of a comparison. */
export function figuresOf(comparison: Comparison): readonly Compared[] {
  const { modes, totalVariation, proposals, capOut, acceptance } = comparison;
  return [...modes, totalVariation, proposals, capOut, acceptance].filter((figure) => figure !== undefined);
}

/** The share of each mode under a law. */
export function modeShares({ line, mass }: ExactLaw): readonly number[] {
  const shares = [0, 0, 0, 0];
  for (const [i, value] of mass.entries()) shares[modeOf(line.points[i]!)]! += value;
  return shares;
}

/** A share of so many draws. The error is that of the exact share, so that z is right where few draws or none are counted. */
function ofShare(exact: number, sampled: number, count: number): Compared {
  const error = Math.sqrt(Math.max(0, exact * (1 - exact)) / count);
  return { exact, sampled, error, z: zOf(sampled - exact, error) };
}

function ofMean(exact: number, values: Float64Array): Compared {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (values.length - 1) / values.length);
  return { exact, sampled: mean, error, z: zOf(mean - exact, error) };
}

/** Differences far below any figure that is shown are rounding, also where nothing varies. */
function zOf(difference: number, error: number): number {
  return Math.abs(difference) < 1e-9 ? 0 : difference / error;
}
