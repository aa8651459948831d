import type { AsyncIndependenceTarget, BatchIndependenceTarget } from "../kernels/independence-sampler.ts";
import { requireOneOf } from "../requirements.ts";
import type { ProposalBlock, ProposalSource } from "./proposal-source.ts";
import {
  rates,
  type SelectDrawBlocksOptions,
  type SelectedDraws,
  selectDrawBlocks,
  WeightAboveBound,
} from "./select-draw-blocks.ts";

/** Options of {@link selectDraws}. */
export interface SelectDrawsOptions<X> extends SelectDrawBlocksOptions<X> {
  /**
   * What to do when a proposal is seen above the bound: `"throw"` (default), or `"raise"` the bound to it and begin the
   * whole run again with the same seed, so that every draw is of one bound. A run that saw none cannot notice one.
   */
  readonly aboveBound?: "throw" | "raise";
}

/**
 * Draws by any selector: makes proposals, weighs them, and returns those that become draws.
 *
 * All it does about randomness, batches and errors is said at `selectDrawBlocks`, which gives the same draws as a stream.
 *
 * @param target - what proposes and weighs, or a `ProposalSource`.
 * @returns The draws in the order of the runs, their record, and the bound, raised or not.
 * @throws as `selectDrawBlocks`.
 * @example
 * ```ts
 * import { metropolisHastings, normal, selectDraws } from "@mhgan/mcmc";
 * // Target: normal(1, 0.5). Proposal: normal(0, 1).
 * const target = { propose: normal, logWeight: (x: number) => -0.5 * ((x - 1) / 0.5) ** 2 + 0.5 * x ** 2 };
 * const selector = metropolisHastings({ chainLength: 50 });
 * const { draws } = await selectDraws(target, { draws: 1000, selector, seed: 1 });
 * Math.abs(draws.reduce((sum, x) => sum + x, 0) / 1000 - 1) < 0.1; // => true
 * ```
 */
export async function selectDraws<X, Block extends ProposalBlock = ProposalBlock>(
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X> | ProposalSource<X, Block>,
  options: SelectDrawsOptions<X>,
): Promise<
  SelectedDraws<X> & {
    /** The bound that the draws rest on: the given one, or a weight above it that was met. `Infinity` if none is known. */
    readonly logWeightBound: number;
  }
> {
  const { aboveBound = "throw", firstDraw = 0 } = options;
  requireOneOf("selectDraws", "aboveBound", aboveBound, ["throw", "raise"]);
  for (let { logWeightBound = Infinity } = options; ; ) {
    try {
      const blocks: SelectedDraws<X>[] = [];
      for await (const block of selectDrawBlocks(target, { ...options, logWeightBound })) blocks.push(block);
      return {
        draws: blocks.flatMap(({ draws }) => draws),
        logWeights: Float64Array.from(blocks.flatMap(({ logWeights }) => Array.from(logWeights))),
        firstDraw,
        ...rates(
          Uint32Array.from(blocks.flatMap(({ acceptCounts }) => Array.from(acceptCounts))),
          blocks.reduce((sum, { trials }) => sum + trials, 0),
        ),
        capOuts: blocks.reduce((sum, { capOuts }) => sum + capOuts, 0),
        proposalsUsed: Uint32Array.from(blocks.flatMap(({ proposalsUsed }) => Array.from(proposalsUsed))),
        proposals: blocks.reduce((sum, { proposals }) => sum + proposals, 0),
        logWeightBound,
      };
    } catch (error) {
      if (!(error instanceof WeightAboveBound) || aboveBound === "throw") throw error;
      logWeightBound = error.logWeight;
    }
  }
}
