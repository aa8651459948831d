import { shuffle } from "../random/shuffle.ts";
import { requireOneOf, requirePositiveCount } from "../requirements.ts";
import { type ResamplingScheme, resamplingSchemes } from "./resampling-schemes.ts";
import { selectImportanceResampling } from "./select-importance-resampling.ts";
import { type Selector, uniformsFrom } from "./selector.ts";

/** Options of {@link importanceResampling}. */
export interface ImportanceResamplingOptions {
  /** N, how many proposals a run takes. */
  readonly candidates: number;
  /** How many draws are taken from them. Default 1; more are cheaper, but not independent and in part the same. */
  readonly draws?: number;
  /** How they are taken. Default `"systematic"`. */
  readonly scheme?: ResamplingScheme;
}

/**
 * Sampling importance resampling (SIR): takes draws from N proposals, with replacement, with probability proportional to weight. See
 * `selectImportanceResampling`. Here the draws of a run are in random order under every scheme.
 *
 * Not exact: the bias is of order 1/N.
 *
 * @throws {RangeError} if an option is off.
 * @see Rubin, "Using the SIR algorithm to simulate posterior distributions", Bayesian Statistics 3 (1988).
 * @example
 * ```ts
 * import { importanceResampling, selectFromArray } from "@mhgan/mcmc";
 * const selector = importanceResampling({ candidates: 3, draws: 2 });
 * selectFromArray([-Infinity, 0, -Infinity], { selector, seed: 1 }).picked; // => [1, 1]
 * ```
 */
export function importanceResampling(options: ImportanceResamplingOptions): Selector {
  const { candidates, draws = 1, scheme = "systematic" } = options;
  requirePositiveCount("importanceResampling", "candidates", candidates);
  requirePositiveCount("importanceResampling", "draws", draws);
  requireOneOf("importanceResampling", "scheme", scheme, Object.keys(resamplingSchemes));
  return {
    name: "importanceResampling",
    drawsPerRun: draws,
    prepare: () =>
      function* ({ uniform }) {
        const random = uniformsFrom(uniform);
        const logWeights = yield { first: 0, count: candidates };
        const { picked, distinctCount } = selectImportanceResampling(logWeights, { random, draws, scheme });
        return {
          picked: shuffle(random, picked),
          acceptCount: distinctCount,
          trials: candidates,
          proposalsUsed: candidates,
          capOut: false,
        };
      },
  };
}
