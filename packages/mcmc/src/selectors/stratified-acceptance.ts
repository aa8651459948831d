import { requireLogWeight } from "../requirements.ts";
import { requireBudget, solveBudget } from "./budgeted-acceptance.ts";
import { requireLogWeights, throwNaN } from "./log-weights.ts";

/** Options of {@link stratifiedAcceptance}. */
export interface StratifiedAcceptanceOptions {
  /** The share of each stratum among the accepted, from 0; only ratios matter. Those of the target, as held-out samples of it show them. */
  readonly shares: ArrayLike<number>;
  /** The mean of the probabilities of acceptance, in (0, 1]: 0.25 pays four proposals a draw. */
  readonly budget: number;
}

/** A rule of budgeted rejection sampling with a scale for each stratum. */
export interface StratifiedAcceptance {
  /** The mean probability of acceptance in each stratum. 1 where there are fewer proposals than its share asks for. */
  readonly rates: Float64Array;
  /** The probability of acceptance of a proposal with this log weight in this stratum. */
  readonly acceptance: (logWeight: number, stratum: number) => number;
}

/**
 * Finds the rule min(1, c_s·w) that accepts a given share of some proposals, and strata in the shares of the target.
 *
 * With one scale for all, a small budget cuts off large weights, and strata of which there are too few proposals stay
 * too small: of all samples if they are a class that the generator hardly makes. Here each stratum has a budget of its own. If it has
 * fewer proposals than its share asks for, all are accepted and the others share what is left in their ratios.
 *
 * @param logWeights - log weights of the proposals (pilots), each up to the same constant within its stratum. NaN is an error.
 * @param strata - the stratum of each, from 0: say, the class that a classifier names.
 * @returns The rates and the rule. O(n log n).
 * @throws {RangeError} if lengths differ, a weight is NaN, a stratum has no share, shares are negative, not finite or all 0 where there are
 * proposals, or the budget is not in (0, 1].
 * @example
 * ```ts
 * import { stratifiedAcceptance } from "@mhgan/mcmc";
 * // A class that is half of the data is a tenth of the proposals.
 * const strata = Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0));
 * const logWeights = strata.map((stratum) => (stratum === 1 ? Math.log(5) : Math.log(5 / 9)));
 * const { rates, acceptance } = stratifiedAcceptance(logWeights, strata, { shares: [0.5, 0.5], budget: 0.1 });
 * rates; // ≈ [0.0556, 0.5]
 * acceptance(Math.log(5), 1); // ≈ 0.5
 * ```
 */
export function stratifiedAcceptance(
  logWeights: ArrayLike<number>,
  strata: ArrayLike<number>,
  options: StratifiedAcceptanceOptions,
): StratifiedAcceptance {
  const caller = "stratifiedAcceptance";
  const { shares, budget } = options;
  requireLogWeights(caller, logWeights);
  requireBudget(caller, budget);
  if (strata.length !== logWeights.length) {
    throw new RangeError(
      `${caller}: strata must have one number for each of ${logWeights.length} weights, got ${strata.length}`,
    );
  }
  const badShare = Array.from(shares).findIndex((share) => !(share >= 0 && share < Infinity));
  if (badShare !== -1) {
    throw new RangeError(
      `${caller}: shares must be finite and from 0, got ${shares[badShare]} at index ${badShare}`,
    );
  }
  const members: number[][] = Array.from({ length: shares.length }, () => []);
  for (let i = 0; i < logWeights.length; i++) {
    if (Number.isNaN(logWeights[i])) throwNaN(caller, i);
    const stratum = members[strata[i]!];
    if (stratum === undefined) {
      throw new RangeError(
        `${caller}: strata must be integers from 0 to ${shares.length - 1}, got ${strata[i]} at index ${i}`,
      );
    }
    stratum.push(logWeights[i]!);
  }
  const rates = filledRates(
    members.map(({ length }) => length / logWeights.length),
    shares,
    budget,
  );
  const rules = members.map((stratum, s) =>
    stratum.length === 0 || rates[s] === 0 ? undefined : solveBudget(caller, stratum, rates[s]!).acceptance,
  );
  return {
    rates,
    acceptance: (logWeight, stratum) => {
      requireLogWeight("acceptance", "logWeight", logWeight);
      if (!(stratum in rules)) {
        throw new RangeError(
          `acceptance: stratum must be an integer from 0 to ${shares.length - 1}, got ${stratum}`,
        );
      }
      return rules[stratum]?.(logWeight) ?? 0;
    },
  };
}

/** The rate of each stratum: min(1, λ · share / proposals), with the λ at which all together accept the budget. */
function filledRates(proposed: readonly number[], shares: ArrayLike<number>, budget: number): Float64Array {
  const rates = new Float64Array(proposed.length);
  // What each stratum asks for, in units of λ; those with the largest fill first.
  const open = proposed
    .map((part, stratum) => ({ stratum, part, asked: shares[stratum]! / part }))
    .filter(({ part, stratum }) => part > 0 && shares[stratum]! > 0)
    .sort((a, b) => b.asked - a.asked);
  if (open.length === 0) {
    throw new RangeError("stratifiedAcceptance: shares must be above 0 for some stratum with proposals");
  }
  let left = budget;
  let wanted = open.reduce((sum, { stratum }) => sum + shares[stratum]!, 0);
  for (const { stratum, part, asked } of open) {
    const scale = Math.max(0, left) / wanted;
    rates[stratum] = Math.min(1, scale * asked);
    if (scale * asked < 1) continue;
    left -= part;
    wanted -= shares[stratum]!;
  }
  return rates;
}
