import { requirePositiveCount } from "../requirements.ts";
import { coalesce } from "./coupling-from-the-past.ts";
import { type Restart, requireRestart } from "./restart.ts";
import { selectMetropolisHastings } from "./select-metropolis-hastings.ts";
import { type Selection, type Selector, uniformsFrom } from "./selector.ts";

/** Options of {@link metropolisHastings}. */
export interface MetropolisHastingsOptions {
  /** K, the number of proposals a chain sees before it gives its draw. Default 640, as in the MH-GAN paper. */
  readonly chainLength?: number;
  /** What a chain does that never left its start. Default `"same-proposals"`, as the MH-GAN authors' code does. */
  readonly restart?: Restart;
}

/**
 * The independence Metropolis-Hastings sampler: one chain of K proposals for each draw, which is the end state.
 *
 * Uniform k decides proposal k. Where a bound W of the weights is known, the chain is found backward from step K: a
 * proposal whose uniform is at most w / W is accepted from every state, so what came before it is not even made. The draw is the same to
 * the bit, from about w* proposals instead of K; only the acceptance rate is then unknown, since the steps that are
 * looked at are not typical.
 *
 * @throws {RangeError} if `chainLength` is not a safe integer from 1 or `restart` is not one of its three words.
 * @see Turner et al., ICML 2019, algorithm 1.
 * @example
 * ```ts
 * import { metropolisHastings, selectFromArray } from "@mhgan/mcmc";
 * const selector = metropolisHastings({ chainLength: 3 });
 * // Equal weights: every proposal is accepted, so each chain of three ends in its last.
 * selectFromArray([0, 0, 0, 0, 0, 0], { selector, seed: 1 }).picked; // => [2, 5]
 * ```
 */
export function metropolisHastings(options: MetropolisHastingsOptions = {}): Selector {
  const { chainLength, restart = "same-proposals" } = { chainLength: 640, ...options };
  requirePositiveCount("metropolisHastings", "chainLength", chainLength);
  requireRestart("metropolisHastings", restart);
  return {
    name: "metropolisHastings",
    drawsPerRun: 1,
    prepare: ({ logWeightBound }) =>
      function* (context) {
        const { initialLogWeight = -Infinity, uniform } = context;
        let logWeights: Float64Array;
        if (logWeightBound === Infinity) logWeights = yield { first: 0, count: chainLength };
        else {
          const bound = Math.max(logWeightBound, initialLogWeight);
          const past = yield* coalesce(bound, context, chainLength);
          if (past.selection !== undefined) return past.selection;
          logWeights = Float64Array.from(past.logWeights).reverse();
        }
        const end = selectMetropolisHastings(logWeights, {
          initialLogWeight,
          random: uniformsFrom(uniform),
          restart: restart === "same-proposals" ? restart : "never",
        });
        const selection: Selection = {
          picked: [end.picked],
          // Found backward, only the chains that meet no certain acceptance come here: they are not typical.
          acceptCount: logWeightBound === Infinity ? end.acceptCount : 0,
          trials: logWeightBound === Infinity ? chainLength : 0,
          proposalsUsed: chainLength,
          capOut: end.capOut,
        };
        if (end.picked >= 0 || restart === "never") return selection;
        // The first of these is the new start, then come K steps.
        const fresh = { first: chainLength, count: chainLength + 1, forgetEarlier: true };
        const again = selectMetropolisHastings(yield fresh, { random: uniformsFrom(uniform, chainLength) });
        return { ...selection, picked: [chainLength + again.picked], proposalsUsed: 2 * chainLength + 1 };
      },
  };
}
