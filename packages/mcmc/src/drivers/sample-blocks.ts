import type { AsyncIndependenceSampler, IndependenceSampler } from "../kernels/independence-sampler.ts";
import type { Kernel, KernelState } from "../kernels/kernel.ts";
import type { MaybePromise } from "../kernels/maybe-promise.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { requireCount, requirePositiveCount } from "../requirements.ts";
import type { ChainGroup, GroupStart } from "./chain-group.ts";
import { flatChains } from "./flat-chains.ts";
import { independenceChains } from "./independence-chains.ts";
import { makePause } from "./pause.ts";

/** How far a run is. */
export interface SampleProgress {
  /** Draws given so far. */
  readonly draws: number;
  /** Draws that the run will give. */
  readonly totalDraws: number;
  /** Steps made so far by all chains together. */
  readonly steps: number;
  /** Steps that the run will make, by all chains together. */
  readonly totalSteps: number;
}

/** Options of {@link sample} and {@link sampleBlocks}. */
export interface SampleOptions<Position> {
  /** How many draws to give in all: a multiple of `chains`. 0 gives none. */
  readonly draws: number;
  /** How many chains to run. Default: one for each draw. */
  readonly chains?: number;
  /** Steps of each chain that come before those which give draws. Default 0. */
  readonly burnIn?: number;
  /** A chain gives every `thin`-th state as a draw. Default 1. */
  readonly thin?: number;
  /** Instead of `thin`: steps of each chain in all, which is `burnIn` + `thin` · draws per chain. */
  readonly chainLength?: number;
  /** Seed of the run, or a stream to take it from. */
  readonly seed: number | string | RandomStream;
  /** Gives the start of a chain, from a stream of its own. Default, for independence samplers alone: the first proposal. */
  readonly start?: (random: RandomStream, chain: number) => MaybePromise<Position>;
  /** At most this many chains move together, and proposals are made in one call. Changes speed and memory only. Default 1024. */
  readonly batchSize?: number;
  /** Goes on from here, with the same other options, to the same bits. More `draws` for each chain are allowed. */
  readonly resume?: SavedChains;
  /** Stops the run between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (progress: SampleProgress) => void;
}

/** Where chains are, to go on from: plain data, if positions are, that survives `structuredClone`. For JSON, make plain arrays of typed ones. */
export interface SavedChains {
  /** The version of this form. */
  readonly version: 1;
  /** The number of the first of these chains, from 0. */
  readonly firstChain: number;
  /** How many chains these are. */
  readonly chains: number;
  /** Steps they have made. */
  readonly step: number;
  /** The kernel's own state of these chains. */
  readonly state: unknown;
}

/** Some draws of some chains. */
export interface SampleBlock<Draws> {
  /** The draws of the first chain in their order, then those of the next: a row of numbers each, if positions are rows. */
  readonly draws: Draws;
  /** The number of the first of these chains, from 0. */
  readonly firstChain: number;
  /** How many chains these are. */
  readonly chains: number;
  /** Number, within a chain, of the first of these draws. */
  readonly firstDraw: number;
  /** Draws of each chain in this block. */
  readonly drawsPerChain: number;
  /** Steps of each chain since its last block, and how many of them accepted. */
  readonly steps: number;
  /** One for each chain: how many of those steps accepted. */
  readonly acceptCounts: Uint32Array;
  /** To go on after this block. */
  readonly saved: SavedChains;
}

/**
 * Runs many Markov chains and gives their draws as a stream of blocks: for runs that do not fit in memory, that are watched while they
 * run, or that must survive a crash.
 *
 * Chain c has the stream `stream.split(c)`; step t takes its random numbers from `split(t)` of that, as
 * `sampler.step(state, chain.split(t))` does, and its start comes from `split("start")`. So draws do not depend on how chains are grouped,
 * nor on where a run was cut and resumed.
 *
 * @param sampler - an `independenceSampler`, or a kernel on flat arrays such as `mala`, which needs `start`.
 * @returns Blocks. Chains move in groups of at most `batchSize`, one group after the other. Memory: O(batchSize) draws and states.
 * @throws {RangeError} for options that are off, NaN log weights (the message names chain and step), or batches of a wrong length.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts
 * import { independenceSampler, normal, sampleBlocks } from "@mhgan/mcmc";
 * const sampler = independenceSampler({
 *   propose: normal,
 *   logWeight: (x) => -0.5 * ((x - 1) / 0.5) ** 2 + 0.5 * x ** 2,
 * });
 * const options = { draws: 4000, chains: 4, burnIn: 100, seed: 1 };
 * let sum = 0;
 * let saved;
 * for await (const block of sampleBlocks(sampler, options)) {
 *   for (const x of block.draws) sum += x;
 *   saved = block.saved; // keep this somewhere, to pass as `resume`
 * }
 * Math.abs(sum / 4000 - 1) < 0.1; // => true
 * saved?.step; // => 1100
 * ```
 */
export function sampleBlocks<X>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X>,
  options: SampleOptions<X>,
): AsyncGenerator<SampleBlock<X[]>, void, undefined>;
export function sampleBlocks<State extends KernelState>(
  sampler: Kernel<State>,
  options: SampleOptions<ArrayLike<number>>,
): AsyncGenerator<SampleBlock<Float64Array>, void, undefined>;
export async function* sampleBlocks<X, State extends KernelState>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X> | Kernel<State>,
  options: SampleOptions<X> | SampleOptions<ArrayLike<number>>,
): AsyncGenerator<SampleBlock<X[]> | SampleBlock<Float64Array>, void, undefined> {
  const { seed, start, batchSize = 1024, resume, signal, onProgress } = options;
  const { draws, chains, drawsPerChain, burnIn, thin, chainLength } = readPlan(options);
  requirePositiveCount("sample", "batchSize", batchSize);
  if (!("target" in sampler) && start === undefined && resume === undefined) {
    throw new RangeError("sample: start must be given: this kernel has no proposals to start from");
  }
  requireResumable(resume, chains, chainLength);
  const root = typeof seed === "function" ? seed : randomStream(seed);
  const pause = makePause();
  let steps = resume === undefined ? 0 : resume.firstChain * chainLength + resume.chains * resume.step;

  let firstChain = resume?.firstChain ?? 0;
  let saved = resume;
  while (firstChain < chains && draws > 0) {
    const count = saved?.chains ?? Math.min(batchSize, chains - firstChain);
    const streams = Array.from({ length: count }, (_, i) => root.split(firstChain + i));
    const group = await begin(sampler, {
      streams,
      firstChain,
      start: start && ((i) => start(streams[i]!.split("start"), firstChain + i)),
      saved: saved?.state,
      batchSize,
      signal,
    });
    const stepsAtOnce = Math.max(1, Math.floor(batchSize / count));
    let step = saved?.step ?? 0;
    let lastBlock = step;
    while (step < chainLength) {
      signal?.throwIfAborted();
      const next = Math.min(step + stepsAtOnce, chainLength);
      const firstDraw = drawsAfter(step);
      const size = drawsAfter(next) - firstDraw;
      const block = group.makeDraws(size * count);
      await group.advance(step, next - step, (t) => {
        const draw = drawsAfter(t + 1);
        if (draw === drawsAfter(t)) return;
        for (let c = 0; c < count; c++) group.record(c, block, c * size + draw - 1 - firstDraw);
      });
      steps += count * (next - step);
      step = next;
      if (size > 0) {
        yield {
          draws: block as Float64Array,
          firstChain,
          chains: count,
          firstDraw,
          drawsPerChain: size,
          steps: step - lastBlock,
          acceptCounts: group.acceptCounts.slice(),
          saved: { version: 1, firstChain, chains: count, step, state: group.save() },
        };
        group.acceptCounts.fill(0);
        lastBlock = step;
      }
      const drawn = firstChain * drawsPerChain + count * drawsAfter(step);
      onProgress?.({ draws: drawn, totalDraws: draws, steps, totalSteps: chains * chainLength });
      await pause();
    }
    firstChain += count;
    saved = undefined;
  }
  signal?.throwIfAborted();

  /** How many draws a chain has given after so many steps. */
  function drawsAfter(made: number): number {
    return Math.max(0, Math.floor((made - burnIn) / thin));
  }
}

/** The overloads of `sampleBlocks` say that positions are what the sampler moves. */
function begin<X, State extends KernelState>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X> | Kernel<State>,
  start: GroupStart<X | ArrayLike<number>>,
): Promise<ChainGroup<X[] | Float64Array>> {
  return (
    "target" in sampler
      ? independenceChains(sampler, start as GroupStart<X>)
      : flatChains(sampler, start as GroupStart<ArrayLike<number>>)
  ) as Promise<ChainGroup<X[] | Float64Array>>;
}

/** How many chains a run has, and how long they are. */
interface Plan {
  readonly draws: number;
  readonly chains: number;
  readonly drawsPerChain: number;
  readonly burnIn: number;
  readonly thin: number;
  readonly chainLength: number;
}

/** Checks what says how long chains are, and fills in what was left out. */
export function readPlan(options: SampleOptions<unknown>): Plan {
  const { draws, chains = draws, burnIn = 0, chainLength } = options;
  requireCount("sample", "draws", draws);
  if (draws > 0) requirePositiveCount("sample", "chains", chains);
  requireCount("sample", "burnIn", burnIn);
  if (draws % chains > 0) {
    throw new RangeError(`sample: draws must be a multiple of chains ${chains}, got ${draws}`);
  }
  const drawsPerChain = draws === 0 ? 0 : draws / chains;
  let { thin = 1 } = options;
  if (chainLength !== undefined) {
    requirePositiveCount("sample", "chainLength", chainLength);
    if (options.thin !== undefined) {
      throw new RangeError("sample: thin must be left out when chainLength is given, got both");
    }
    thin = (chainLength - burnIn) / Math.max(1, drawsPerChain);
    if (!(thin >= 1 && Number.isInteger(thin))) {
      throw new RangeError(
        `sample: chainLength must be burnIn and a multiple of the ${drawsPerChain} draws of each chain, got ${chainLength}`,
      );
    }
  }
  requirePositiveCount("sample", "thin", thin);
  return { draws, chains, drawsPerChain, burnIn, thin, chainLength: burnIn + thin * drawsPerChain };
}

function requireResumable(resume: SavedChains | undefined, chains: number, chainLength: number): void {
  if (resume === undefined) return;
  const { version, firstChain, chains: count, step } = resume;
  if (version !== 1) throw new RangeError(`sample: resume must have version 1, got ${String(version)}`);
  requireCount("sample", "resume.firstChain", firstChain);
  requirePositiveCount("sample", "resume.chains", count);
  requireCount("sample", "resume.step", step);
  if (firstChain + count > chains || step > chainLength) {
    throw new RangeError(
      `sample: resume must be of a run with at most ${chains} chains of ${chainLength} steps, got chains ${firstChain} to ${firstChain + count - 1} at step ${step}`,
    );
  }
}
