import { requirePositiveCount } from "../requirements.ts";
import { requireBound } from "./log-weights.ts";
import { accepts } from "./select-metropolis-hastings.ts";
import type { ProposalRange, RunContext, Selection, Selector } from "./selector.ts";

/** Options of {@link couplingFromThePast}. */
export interface CouplingFromThePastOptions {
  /** How many proposals a run looks at before it gives up with an error. Default 1,000,000. */
  readonly proposalLimit?: number;
}

/**
 * Perfect sampling by coupling from the past: the end state of a Metropolis-Hastings chain that has run for ever.
 *
 * With W a bound of the weights, a proposal of weight w whose uniform is at most w / W is accepted from every state, so what the chain
 * did before does not matter. Going back from the present one such proposal is met after about w* = W / E[w] of them; from it the chain runs
 * forward with the same uniforms. The draw is an exact, independent one of the target, without a start. Needs `logWeightBound`; a
 * bound that is not true of every possible proposal makes it inexact, and only a weight that is seen above it is noticed.
 *
 * @throws {RangeError} if `proposalLimit` is not a safe integer from 1; when prepared without a bound; in a run that reaches the limit.
 * @see Corcoran and Tweedie, "Perfect sampling from independent Metropolis-Hastings chains", Journal of Statistical Planning and
 * Inference 104 (2002).
 * @example
 * ```ts
 * import { couplingFromThePast, exponential, selectDraws } from "@mhgan/mcmc";
 * // Target: exponential with mean 1. Proposal: exponential with mean 2. Weights e^(−x/2) are at most 1, twice their mean.
 * const target = { propose: (random: () => number) => 2 * exponential(random), logWeight: (x: number) => -x / 2 };
 * const options = { selector: couplingFromThePast(), draws: 2000, logWeightBound: 0, seed: 1 };
 * const { draws, proposalsUsed } = await selectDraws(target, options);
 * Math.abs(draws.reduce((sum, x) => sum + x, 0) / 2000 - 1) < 0.1; // => true
 * proposalsUsed.reduce((sum, used) => sum + used, 0) / 2000 < 2.2; // => true
 * ```
 */
export function couplingFromThePast(options: CouplingFromThePastOptions = {}): Selector {
  const { proposalLimit = 1_000_000 } = options;
  requirePositiveCount("couplingFromThePast", "proposalLimit", proposalLimit);
  return {
    name: "couplingFromThePast",
    drawsPerRun: 1,
    prepare: ({ logWeightBound }) => {
      requireBound("couplingFromThePast", logWeightBound);
      return function* (context) {
        const { selection } = yield* coalesce(logWeightBound, context, Infinity, proposalLimit);
        if (selection !== undefined) return selection;
        throw new RangeError(
          `couplingFromThePast: none of ${proposalLimit} proposals was accepted from every state; logWeightBound ${logWeightBound} may be far too large`,
        );
      };
    },
  };
}

/**
 * Goes back over the steps of a chain until a proposal is accepted from every state, then forward to the last step.
 *
 * Steps are numbered from 0 to `chainLength − 1`, or backward from 0 if they have no end.
 *
 * @returns The selection, or nothing but the log weights, the last step's first, if no such proposal is met.
 * @internal
 */
export function* coalesce(
  bound: number,
  { uniform, nextBlock }: RunContext,
  chainLength: number,
  limit: number = chainLength,
): Generator<ProposalRange, { selection?: Selection; logWeights: readonly number[] }, Float64Array> {
  const endless = chainLength === Infinity;
  const stepOf = (entry: number): number => (endless ? entry : chainLength - 1 - entry);
  // Entry 0 belongs to the last step, entry 1 to the one before.
  const logWeights: number[] = [];
  const uniforms: number[] = [];
  while (logWeights.length < limit) {
    const known = logWeights.length;
    const count = Math.min(nextBlock(known), limit - known);
    const block = yield { first: endless ? known : chainLength - known - count, count };
    if (!endless) block.reverse();
    for (const logWeight of block) {
      const u = 1 - uniform(stepOf(logWeights.length));
      logWeights.push(logWeight);
      uniforms.push(u);
      if (logWeight !== bound && u > Math.exp(logWeight - bound)) continue;
      const picked = [stepOf(runForward(logWeights, uniforms))];
      const proposalsUsed = logWeights.length;
      return { selection: { picked, acceptCount: 0, trials: 0, proposalsUsed, capOut: false }, logWeights };
    }
  }
  return { logWeights };
}

/** From the last entry, which is accepted from every state, to entry 0; gives the entry of the end state. */
function runForward(logWeights: readonly number[], uniforms: readonly number[]): number {
  let state = logWeights.length - 1;
  for (let entry = state - 1; entry >= 0; entry--) {
    if (accepts(uniforms[entry]!, logWeights[entry]! - logWeights[state]!)) state = entry;
  }
  return state;
}
