import { requirePositiveCount } from "../requirements.ts";
import { acceptFirst } from "./accept-first.ts";
import { relativeWeight, requireBound } from "./log-weights.ts";
import type { Selector } from "./selector.ts";

/** Options of {@link rejection}. */
export interface RejectionOptions {
  /** How many proposals a run looks at before it gives up with an error. Default 1,000,000. */
  readonly proposalLimit?: number;
}

/**
 * Rejection sampling: draws the first proposal that is accepted, each with probability weight / bound.
 *
 * Exact and independent if `logWeightBound`, which it needs, is true of every possible proposal. Costs w* = bound / mean weight proposals a
 * draw, as `couplingFromThePast` does.
 *
 * @throws {RangeError} if `proposalLimit` is not a safe integer from 1; when prepared without a bound; in a run that reaches the limit.
 * @see von Neumann, "Various techniques used in connection with random digits", 1951.
 * @example
 * ```ts
 * import { rejection, selectFromArray } from "@mhgan/mcmc";
 * const options = { selector: rejection(), logWeightBound: 0, seed: 1 };
 * selectFromArray([-Infinity, 0, -Infinity, 0], options).picked; // => [1, 3]
 * ```
 */
export function rejection(options: RejectionOptions = {}): Selector {
  const { proposalLimit = 1_000_000 } = options;
  requirePositiveCount("rejection", "proposalLimit", proposalLimit);
  return {
    name: "rejection",
    drawsPerRun: 1,
    prepare: ({ logWeightBound }) => {
      requireBound("rejection", logWeightBound);
      return acceptFirst("rejection", proposalLimit, (logWeight) =>
        relativeWeight(logWeight, logWeightBound),
      );
    },
  };
}
