import { firstOfSplit, type RandomStream, randomStream } from "../random/random-stream.ts";
import { requireCount, requireLogWeight, requireOneOf, requirePositiveCount } from "../requirements.ts";
import { metropolisHastings } from "../selectors/metropolis-hastings.ts";
import { type ChainStart, endChain, proposalStream } from "./end-chain.ts";
import type {
  AsyncIndependenceSampler,
  BatchIndependenceTarget,
  IndependenceSampler,
} from "./independence-sampler.ts";
import { makePause } from "./pause.ts";
import type { SampleOptions } from "./sample.ts";
import { weighProposals } from "./weigh-proposals.ts";

/** Options of {@link sampleBackward}: those of `sample`, and a bound. */
export interface SampleBackwardOptions<X> extends SampleOptions<X> {
  /** K, the number of steps of each chain. `Infinity` gives exact draws of the target; then `start` is not used. */
  readonly chainLength: number;
  /** An upper bound of the log weights of all proposals. */
  readonly logWeightBound: number;
  /**
   * What to do when a proposal is seen above the bound: `"throw"` (default), or `"raise"` the bound to it and begin the
   * whole run again with the same seed, so that every draw is of one bound. A run that saw none cannot notice one.
   */
  readonly aboveBound?: "throw" | "raise";
}

/** The draws of a run and its record. */
export interface SampleBackwardResult<X> {
  readonly draws: readonly X[];
  readonly logWeights: Float64Array;
  /** How many of the last proposals decided each draw. */
  readonly proposalsUsed: Uint32Array;
  /** Proposals made in all: they are made in blocks, so more than were used. */
  readonly proposals: number;
  /** Chains that never left their start. */
  readonly capOuts: number;
  /** The bound of the run, raised or not. */
  readonly logWeightBound: number;
}

/**
 * The draws of `sample`, with the same bits, from about w* proposals for each instead of K.
 *
 * With W a bound of the weights, a proposal of weight w whose uniform is at most w / W is accepted from every state, so
 * what the chain did before does not matter. Proposals are therefore made from the last step backward, in blocks that
 * double, until one is met; from it the chain runs forward with the same uniforms. Only a chain that meets none
 * in K steps needs its start. Without end to the steps the draw is one of the target, exactly.
 *
 * @param sampler - from `independenceSampler`, synchronous or not.
 * @returns Draws in the order of the chains. For finite K equal to those of `sample` with the same options.
 * @throws {RangeError} for options that are off, NaN log weights, or a log weight above the bound.
 * @throws the signal's reason once `signal` is aborted.
 * @see Corcoran and Tweedie, "Perfect sampling from independent Metropolis-Hastings chains", Journal of Statistical
 * Planning and Inference 104 (2002), section 3.
 * @example
 * ```ts
 * import { independenceSampler, randomStream, sampleBackward } from "@mhgan/mcmc";
 * // Target: exponential with mean 1. Proposal: exponential with mean 2. Weights e^(−x/2) are at most 1.
 * const sampler = independenceSampler({
 *   propose: (random) => -2 * Math.log(1 - random()),
 *   logWeight: (x) => -x / 2,
 * });
 * const exact = await sampleBackward(sampler, { draws: 2000, chainLength: Infinity, logWeightBound: 0, seed: 1 });
 * Math.abs(exact.draws.reduce((sum, x) => sum + x, 0) / 2000 - 1) < 0.1; // => true
 * exact.proposalsUsed.reduce((sum, used) => sum + used, 0) / 2000 < 2.2; // => true
 * ```
 */
export async function sampleBackward<X>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X>,
  options: SampleBackwardOptions<X>,
): Promise<SampleBackwardResult<X>> {
  const { draws, chainLength, batchSize = 1024, aboveBound = "throw" } = options;
  requireCount("sampleBackward", "draws", draws);
  requirePositiveCount("sampleBackward", "batchSize", batchSize);
  if (chainLength !== Infinity) requirePositiveCount("sampleBackward", "chainLength", chainLength);
  requireLogWeight("sampleBackward", "logWeightBound", options.logWeightBound);
  requireOneOf("sampleBackward", "aboveBound", aboveBound, ["throw", "raise"]);
  for (let logWeightBound = options.logWeightBound; ; ) {
    try {
      return await run(sampler.target, { ...options, batchSize, logWeightBound });
    } catch (error) {
      if (!(error instanceof AboveBound)) throw error;
      if (aboveBound === "throw") {
        throw new RangeError(
          `sampleBackward: log weights must be at most logWeightBound ${logWeightBound}, got ${error.logWeight}; give a larger bound or aboveBound: "raise"`,
        );
      }
      logWeightBound = error.logWeight;
    }
  }
}

/** A proposal was heavier than the bound. */
class AboveBound extends Error {
  readonly logWeight: number;
  constructor(logWeight: number) {
    super();
    this.logWeight = logWeight;
  }
}

/** A chain as far as it is known: entry 0 of the arrays belongs to its last step, entry 1 to the one before. */
interface Past<X> {
  readonly chain: RandomStream;
  readonly number: number;
  readonly from: ChainStart<X> | undefined;
  /** Bound of the proposals and of the start: a proposal must be accepted from that as well. */
  readonly bound: number;
  readonly positions: X[];
  readonly logWeights: number[];
  readonly uniforms: number[];
  /** The entry that is accepted from every state, once known. */
  coalesced: number;
}

/** Proposals that a chain asks for at first; then as many as it has. */
const FIRST_BLOCK = 4;

async function run<X>(
  target: BatchIndependenceTarget<X>,
  options: SampleBackwardOptions<X> & { readonly batchSize: number },
): Promise<SampleBackwardResult<X>> {
  const { draws: total, chainLength, seed, start, batchSize, logWeightBound, signal, onProgress } = options;
  const { restart = start === undefined ? "never" : "same-proposals" } = options;
  const endless = chainLength === Infinity;
  const selector = metropolisHastings({ chainLength: endless ? 1 : chainLength, restart });
  const root = typeof seed === "function" ? seed : randomStream(seed);
  const pause = makePause();
  const stepOf = (entry: number): number => (endless ? entry : chainLength - 1 - entry);

  const draws: X[] = new Array(total);
  const logWeights = new Float64Array(total);
  const proposalsUsed = new Uint32Array(total);
  let capOuts = 0;
  let proposals = 0;
  const groupSize = Math.max(1, Math.floor(batchSize / FIRST_BLOCK));

  for (let first = 0; first < total; first += groupSize) {
    const group: Past<X>[] = [];
    for (let number = first; number < Math.min(first + groupSize, total); number++) {
      // Endless chains have a past of their own: their steps are counted from the end.
      const chain = endless ? root.split(number).split("past") : root.split(number);
      const from = start === undefined || endless ? undefined : await start(chain.split("start"), number);
      const bound = Math.max(logWeightBound, from?.logWeight ?? -Infinity);
      requireLogWeight("sampleBackward", `the log weight of start ${number}`, bound);
      group.push({ chain, number, from, bound, positions: [], logWeights: [], uniforms: [], coalesced: -1 });
    }
    let open = group;
    while (open.length > 0) {
      proposals += await extend(target, open, { chainLength, stepOf, batchSize, logWeightBound, signal });
      open = open.filter((past) => past.coalesced === -1 && past.logWeights.length < chainLength);
      await pause();
    }
    for (const past of group) {
      const { number, chain, from } = past;
      if (past.coalesced >= 0) {
        const entry = runForward(past);
        draws[number] = past.positions[entry]!;
        logWeights[number] = past.logWeights[entry]!;
        proposalsUsed[number] = past.coalesced + 1;
        continue;
      }
      const own = {
        positions: past.positions.reverse(),
        logWeights: Float64Array.from(past.logWeights).reverse(),
      };
      const end = await endChain(own, from, { target, chain, number, selector, batchSize, signal });
      draws[number] = end.position;
      logWeights[number] = end.logWeight;
      proposalsUsed[number] = chainLength + end.freshProposals;
      proposals += end.freshProposals;
      if (end.capOut) capOuts++;
    }
    onProgress?.({ draws: first + group.length, totalDraws: total, proposals });
  }
  signal?.throwIfAborted();
  return { draws, logWeights, proposalsUsed, proposals, capOuts, logWeightBound };
}

/** Makes the next block of every chain that is still open, and looks for an entry that is accepted from every state. */
async function extend<X>(
  target: BatchIndependenceTarget<X>,
  open: readonly Past<X>[],
  context: {
    readonly chainLength: number;
    readonly stepOf: (entry: number) => number;
    readonly batchSize: number;
    readonly logWeightBound: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<number> {
  const { chainLength, stepOf, batchSize, logWeightBound, signal } = context;
  // All open chains of a group have equally many entries.
  const known = open[0]!.logWeights.length;
  const size = Math.min(Math.max(FIRST_BLOCK, known), chainLength - known);
  const block = await weighProposals(
    target,
    open.length * size,
    (n) => proposalStream(open[Math.floor(n / size)]!.chain, stepOf(known + (n % size))),
    batchSize,
    signal,
  );
  for (const logWeight of block.logWeights) {
    requireLogWeight("sampleBackward", "the log weight of a proposal", logWeight);
    if (logWeight > logWeightBound) throw new AboveBound(logWeight);
  }
  open.forEach((past, i) => {
    for (let j = 0; j < size; j++) {
      const logWeight = block.logWeights[i * size + j]!;
      const u = 1 - firstOfSplit(past.chain, stepOf(known + j));
      past.positions.push(block.positions[i * size + j]!);
      past.logWeights.push(logWeight);
      past.uniforms.push(u);
      const isFirst = past.coalesced === -1;
      if (isFirst && (logWeight === past.bound || u <= Math.exp(logWeight - past.bound)))
        past.coalesced = known + j;
    }
  });
  return block.logWeights.length;
}

/** From the entry that is accepted from every state to the last step; gives the entry of the end state. */
function runForward<X>({ coalesced, logWeights, uniforms }: Past<X>): number {
  let state = coalesced;
  for (let entry = coalesced - 1; entry >= 0; entry--) {
    const logRatio = logWeights[entry]! - logWeights[state]!;
    if (logRatio >= 0 || uniforms[entry]! <= Math.exp(logRatio) || Number.isNaN(logRatio)) state = entry;
  }
  return state;
}
