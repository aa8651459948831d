import { firstOfSplit, type RandomStream, randomStream } from "../random/random-stream.ts";
import { requireCount, requireLogWeight, requirePositiveCount } from "../requirements.ts";
import { metropolisHastings } from "../selectors/metropolis-hastings.ts";
import type { Restart, Selection, Selector } from "../selectors/selection.ts";
import type { AsyncIndependenceSampler, IndependenceSampler, MaybePromise } from "./independence-sampler.ts";
import { makePause } from "./pause.ts";
import { weighProposals } from "./weigh-proposals.ts";

/** Where a chain starts: its log weight, and its position unless a restart makes sure that it is never the draw. */
export interface ChainStart<X> {
  readonly logWeight: number;
  readonly position?: X;
}

/** How far a run is. */
export interface SampleProgress {
  readonly draws: number;
  readonly totalDraws: number;
  /** Proposals made so far. */
  readonly proposals: number;
}

/** Options of {@link sample}. */
export interface SampleOptions<X> {
  /** How many draws to give: one chain for each. 0 gives an empty result. */
  readonly draws: number;
  /** K, the number of proposals each chain sees. */
  readonly chainLength: number;
  /** Seed of the run, or a stream to take it from. */
  readonly seed: number | string | RandomStream;
  /** Gives the start of a chain, from that chain's own stream. Default: the chain's first proposal. */
  readonly start?: (random: RandomStream, chain: number) => MaybePromise<ChainStart<X>>;
  /** What a chain does that never left its start. Default: `"same-proposals"` if there is a `start`. */
  readonly restart?: Restart;
  /** At most this many proposals are made and weighed in one call. Changes speed and memory only. Default 1024. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SampleProgress) => void;
}

/** The draws of a run and its record. */
export interface SampleResult<X> {
  readonly draws: readonly X[];
  readonly logWeights: Float64Array;
  /** Accepted proposals of each chain. */
  readonly acceptCounts: Uint32Array;
  /** Mean over the chains of accepted proposals over K. NaN without draws. */
  readonly acceptanceRate: number;
  /** Chains that never left their start. */
  readonly capOuts: number;
  /** Proposals made in all. */
  readonly proposals: number;
}

/**
 * Runs one independence Metropolis-Hastings chain of K proposals for each draw and returns the end states.
 *
 * Chain c works from `stream.split(c)`: its step t takes the uniform from the first value of `split(t)` and the
 * proposal from `split(t).split(0)`, as `sampler.step(state, chain.split(t))` does. So the result does not depend
 * on the batch size, and chain c alone gives the same draw as chain c among thousands.
 *
 * @param sampler - from `independenceSampler`, synchronous or not.
 * @returns Draws in the order of the chains. Memory: O(draws + batchSize + K). Time: `draws` · K proposals.
 * @throws {RangeError} for options that are off, NaN log weights (the message names chain and step), or batches of a wrong length.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts
 * import { independenceSampler, normal, sample } from "@mhgan/mcmc";
 * const sampler = independenceSampler({
 *   propose: normal,
 *   logWeight: (x) => -0.5 * ((x - 1) / 0.5) ** 2 + 0.5 * x ** 2,
 * });
 * const { draws } = await sample(sampler, { draws: 1000, chainLength: 50, seed: 1 });
 * const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
 * Math.abs(mean - 1) < 0.1; // => true
 * ```
 */
export async function sample<X>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X>,
  options: SampleOptions<X>,
): Promise<SampleResult<X>> {
  const { draws: total, chainLength, seed, start, signal, onProgress } = options;
  const { batchSize = 1024, restart = start === undefined ? "never" : "same-proposals" } = options;
  requireCount("sample", "draws", total);
  requirePositiveCount("sample", "batchSize", batchSize);
  const selector = metropolisHastings({ chainLength, restart });
  const root = typeof seed === "function" ? seed : randomStream(seed);
  const pause = makePause();

  const draws: X[] = new Array(total);
  const logWeights = new Float64Array(total);
  const acceptCounts = new Uint32Array(total);
  let capOuts = 0;
  let proposals = 0;
  const groupSize = Math.max(1, Math.floor(batchSize / chainLength));

  for (let first = 0; first < total; first += groupSize) {
    const chains = Array.from({ length: Math.min(groupSize, total - first) }, (_, i) =>
      root.split(first + i),
    );
    const group = await weighProposals(sampler.target, chains, 0, chainLength, batchSize, signal);
    proposals += group.positions.length;
    for (let i = 0; i < chains.length; i++) {
      const chain = chains[i]!;
      const offset = i * chainLength;
      const weights = group.logWeights.subarray(offset, offset + chainLength);
      const from = start === undefined ? undefined : await start(chain.split("start"), first + i);
      const initialLogWeight = from?.logWeight ?? -Infinity;
      requireLogWeight("sample", `the log weight of start ${first + i}`, initialLogWeight);
      let positions: ArrayLike<X> = group.positions.slice(offset, offset + chainLength);
      let picks = select(selector, weights, initialLogWeight, chain, 0, first + i);
      let pickedWeights = weights;
      const { acceptCount, capOut } = picks;
      if (picks.picked === -1 && restart === "fresh") {
        // The first is the new start, then come K steps.
        const fresh = await weighProposals(
          sampler.target,
          [chain],
          chainLength,
          chainLength + 1,
          batchSize,
          signal,
        );
        proposals += chainLength + 1;
        ({ positions, logWeights: pickedWeights } = fresh);
        picks = select(selector, pickedWeights, -Infinity, chain, chainLength, first + i);
      }
      if (picks.picked === -1) {
        if (from === undefined || !("position" in from)) {
          throw new RangeError(
            `sample: start must give a position when restart is "never", got only a log weight`,
          );
        }
        draws[first + i] = from.position as X;
        logWeights[first + i] = from.logWeight;
      } else {
        draws[first + i] = positions[picks.picked]!;
        logWeights[first + i] = pickedWeights[picks.picked]!;
      }
      acceptCounts[first + i] = acceptCount;
      if (capOut) capOuts++;
    }
    onProgress?.({ draws: first + chains.length, totalDraws: total, proposals });
    await pause();
  }
  signal?.throwIfAborted();
  const accepted = acceptCounts.reduce((sum, count) => sum + count, 0);
  return {
    draws,
    logWeights,
    acceptCounts,
    acceptanceRate: accepted / (total * chainLength),
    capOuts,
    proposals,
  };
}

/** One chain's selection; step t is decided by the first value of the chain's split t. */
function select(
  selector: Selector,
  logWeights: Float64Array,
  initialLogWeight: number,
  chain: RandomStream,
  firstStep: number,
  chainNumber: number,
): Selection {
  let step = firstStep;
  try {
    return selector.select(logWeights, { initialLogWeight, random: () => firstOfSplit(chain, step++) });
  } catch (error) {
    const bad = logWeights.findIndex(Number.isNaN);
    if (bad === -1) throw error;
    throw new RangeError(
      `sample: log weights must not be NaN, got NaN in chain ${chainNumber} at step ${firstStep + bad}`,
      { cause: error },
    );
  }
}
