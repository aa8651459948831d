import type { AsyncIndependenceSampler, IndependenceSampler } from "../kernels/independence-sampler.ts";
import type { Kernel, KernelState } from "../kernels/kernel.ts";
import {
  readPlan,
  type SampleBlock,
  type SampleOptions,
  type SavedChains,
  sampleBlocks,
} from "./sample-blocks.ts";

/** The draws of a run and its record. */
export interface SampleResult<Draws> {
  /** The draws of chain 0 in their order, then those of chain 1, …: as the diagnostics take them, if positions are numbers. */
  readonly draws: Draws;
  /** How many chains were run. */
  readonly chains: number;
  /** Draws of each chain. */
  readonly drawsPerChain: number;
  /** How often each chain accepted. */
  readonly acceptCounts: Uint32Array;
  /** Accepted out of all steps. NaN without steps. */
  readonly acceptanceRate: number;
  /** Where the chains ended, to go on from; undefined if they did not all move together: see `batchSize`. */
  readonly saved: SavedChains | undefined;
}

/**
 * Runs Markov chains with any kernel and returns their draws.
 *
 * By default every draw has a chain of its own: `{ draws: 1000, chainLength: 50 }` gives the ends of 1,000 chains of 50 steps. A few long
 * chains are `{ draws: 4000, chains: 4, burnIn: 500 }`. All about randomness, batches and errors is said at `sampleBlocks`, which gives
 * the same draws as a stream.
 *
 * For draws by another rule than the end of a chain, see `selectDraws`.
 *
 * @param sampler - an `independenceSampler`, or a kernel on flat arrays such as `mala`, which needs `start`.
 * @returns Draws, chain after chain: of a kernel on flat arrays as rows of numbers in one array.
 * @throws as `sampleBlocks`.
 * @example
 * ```ts
 * import { independenceSampler, normal, sample } from "@mhgan/mcmc";
 * import { splitRHat } from "@mhgan/mcmc/diagnostics";
 * const sampler = independenceSampler({
 *   propose: normal,
 *   logWeight: (x) => -0.5 * ((x - 1) / 0.5) ** 2 + 0.5 * x ** 2,
 * });
 * const { draws, chains } = await sample(sampler, { draws: 4000, chains: 4, burnIn: 100, seed: 1 });
 * Math.abs(draws.reduce((sum, x) => sum + x, 0) / 4000 - 1) < 0.1; // => true
 * splitRHat(draws, { chains }).rHat < 1.01; // => true
 * ```
 */
export function sample<X>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X>,
  options: SampleOptions<X>,
): Promise<SampleResult<X[]>>;
export function sample<State extends KernelState>(
  sampler: Kernel<State>,
  options: SampleOptions<ArrayLike<number>>,
): Promise<SampleResult<Float64Array>>;
export async function sample<X, State extends KernelState>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X> | Kernel<State>,
  options: SampleOptions<X> | SampleOptions<ArrayLike<number>>,
): Promise<SampleResult<X[]> | SampleResult<Float64Array>> {
  const { chains, drawsPerChain } = readPlan(options);
  const { resume } = options;
  if (resume !== undefined && resume.chains !== chains) {
    throw new RangeError(
      `sample: resume must hold all ${chains} chains, got ${resume.chains}; sampleBlocks goes on with fewer`,
    );
  }
  const blocks: SampleBlock<ArrayLike<number>>[] = [];
  for await (const block of sampleBlocks(sampler as Kernel, options as SampleOptions<ArrayLike<number>>))
    blocks.push(block);
  const missing = blocks[0]?.firstDraw ?? 0;
  const kept = drawsPerChain - missing;
  const width = "target" in sampler ? 1 : sampler.dimensions;
  const draws: number[] | Float64Array =
    "target" in sampler ? new Array(chains * kept) : new Float64Array(chains * kept * width);
  const acceptCounts = new Uint32Array(chains);
  let steps = 0;
  for (const block of blocks) {
    const length = block.drawsPerChain * width;
    for (let c = 0; c < block.chains; c++) {
      const to = ((block.firstChain + c) * kept + block.firstDraw - missing) * width;
      for (let i = 0; i < length; i++) draws[to + i] = block.draws[c * length + i]!;
      acceptCounts[block.firstChain + c]! += block.acceptCounts[c]!;
    }
    steps += block.chains * block.steps;
  }
  const last = blocks.at(-1)?.saved;
  return {
    draws: draws as Float64Array,
    chains,
    drawsPerChain: kept,
    acceptCounts,
    acceptanceRate: acceptCounts.reduce((sum, count) => sum + count, 0) / steps,
    saved: last?.chains === chains ? last : resume,
  };
}
