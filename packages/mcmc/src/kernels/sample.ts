import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { requireCount, requirePositiveCount } from "../requirements.ts";
import { metropolisHastings } from "../selectors/metropolis-hastings.ts";
import type { Restart } from "../selectors/selection.ts";
import { type ChainStart, endChain, proposalStream } from "./end-chain.ts";
import type { AsyncIndependenceSampler, IndependenceSampler } from "./independence-sampler.ts";
import type { MaybePromise } from "./maybe-promise.ts";
import { makePause } from "./pause.ts";
import { type WeighedProposals, weighProposals } from "./weigh-proposals.ts";

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
    const group = await weighProposals(
      sampler.target,
      chains.length * chainLength,
      (n) => proposalStream(chains[Math.floor(n / chainLength)]!, n % chainLength),
      batchSize,
      signal,
    );
    proposals += group.positions.length;
    for (let i = 0; i < chains.length; i++) {
      const chain = chains[i]!;
      const number = first + i;
      const from = start === undefined ? undefined : await start(chain.split("start"), number);
      const own: WeighedProposals<X> = {
        positions: group.positions.slice(i * chainLength, (i + 1) * chainLength),
        logWeights: group.logWeights.subarray(i * chainLength, (i + 1) * chainLength),
      };
      const end = await endChain(own, from, {
        target: sampler.target,
        chain,
        number,
        selector,
        batchSize,
        signal,
      });
      draws[number] = end.position;
      logWeights[number] = end.logWeight;
      acceptCounts[number] = end.acceptCount;
      if (end.capOut) capOuts++;
      proposals += end.freshProposals;
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
