import { requirePositiveCount } from "../requirements.ts";
import { type Restart, requireRestart } from "./restart.ts";
import { requireCandidates, selectIteratedSir } from "./select-iterated-sir.ts";
import { type Selection, type Selector, uniformsFrom } from "./selector.ts";

/** Options of {@link iteratedSir}. */
export interface IteratedSirOptions {
  /** N, from 2: how many compete in a step, the state among them. */
  readonly candidates: number;
  /** Steps of a chain before it gives its draw. Each takes N − 1 proposals. */
  readonly steps: number;
  /** What a chain does that never left its start. Default `"same-proposals"`: it begins with a choice among the first N − 1 alone. */
  readonly restart?: Restart;
}

/**
 * Iterated sampling importance resampling (i-SIR): one chain for each draw, which is the end state. In each step the state and N − 1
 * proposals compete, and one of them becomes the state with probability proportional to its weight. See `selectIteratedSir`.
 *
 * Uniform i decides step i. From a start that is a sample of the target and without restarts the draw is exact.
 *
 * @throws {RangeError} if `candidates` is not a safe integer from 2, `steps` not one from 1, or `restart` is not one of its words.
 * @see Samsonov et al., "Local-global MCMC kernels: the best of both worlds", NeurIPS 2022.
 * @example
 * ```ts
 * import { iteratedSir, selectFromArray } from "@mhgan/mcmc";
 * const selector = iteratedSir({ candidates: 3, steps: 2 });
 * selectFromArray([-Infinity, 0, 0, -Infinity], { selector, seed: 1 }).proposalsUsed; // => [4]
 * ```
 */
export function iteratedSir(options: IteratedSirOptions): Selector {
  const { candidates, steps, restart = "same-proposals" } = options;
  requireCandidates("iteratedSir", candidates);
  requirePositiveCount("iteratedSir", "steps", steps);
  requireRestart("iteratedSir", restart);
  const length = steps * (candidates - 1);
  return {
    name: "iteratedSir",
    drawsPerRun: 1,
    prepare: () =>
      function* ({ initialLogWeight, uniform }) {
        const random = uniformsFrom(uniform);
        const logWeights = yield { first: 0, count: length };
        const end = selectIteratedSir(logWeights, {
          random,
          candidates,
          ...(initialLogWeight === undefined ? {} : { initialLogWeight }),
        });
        const selection: Selection = {
          picked: [end.picked],
          acceptCount: end.moveCount,
          trials: steps,
          proposalsUsed: length,
          capOut: end.capOut,
        };
        if (!end.capOut || restart === "never") return selection;
        if (restart === "same-proposals") {
          return { ...selection, picked: [selectIteratedSir(logWeights, { random, candidates }).picked] };
        }
        const fresh = yield { first: length, count: length, forgetEarlier: true };
        const again = selectIteratedSir(fresh, { random, candidates });
        return { ...selection, picked: [length + again.picked], proposalsUsed: 2 * length };
      },
  };
}
