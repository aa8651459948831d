import { requireOneOf, requirePositiveCount } from "../requirements.ts";
import { selectMetropolisHastings } from "./select-metropolis-hastings.ts";
import type { Restart, Selector } from "./selection.ts";

/** Options of {@link metropolisHastings}. */
export interface MetropolisHastingsOptions {
  /** K, the number of proposals a chain sees before it gives its draw. Default 640, as in the MH-GAN paper. */
  readonly chainLength?: number;
  /** What a chain does that never left its start. Default `"same-proposals"`, as the MH-GAN authors' code does. */
  readonly restart?: Restart;
}

/**
 * The independence Metropolis-Hastings sampler as a {@link Selector}: one chain for each draw.
 *
 * @throws {RangeError} if `chainLength` is not a safe integer from 1 or `restart` is not one of its three words.
 * @see Turner et al., ICML 2019, algorithm 1.
 * @example
 * ```ts
 * import { metropolisHastings, randomStream } from "@mhgan/mcmc";
 * const sampler = metropolisHastings({ chainLength: 3 });
 * const selection = sampler.select([0, 0, 0], { initialLogWeight: 0, random: randomStream(1) });
 * selection.picked; // => 2
 * ```
 */
export function metropolisHastings(options: MetropolisHastingsOptions = {}): Selector {
  const { chainLength = 640, restart = "same-proposals" } = options;
  requirePositiveCount("metropolisHastings", "chainLength", chainLength);
  requireOneOf("metropolisHastings", "restart", restart, ["same-proposals", "fresh", "never"]);
  const arrayRestart = restart === "same-proposals" ? "same-proposals" : "never";
  return {
    name: "metropolisHastings",
    proposalsPerDraw: chainLength,
    restart,
    select: (logWeights, { initialLogWeight, random }) =>
      selectMetropolisHastings(logWeights, { initialLogWeight, random, restart: arrayRestart }),
  };
}
