import type { AsyncIndependenceTarget, BatchIndependenceTarget } from "../kernels/independence-sampler.ts";
import type { MaybePromise } from "../kernels/maybe-promise.ts";
import { firstOfSplit, type RandomStream, randomStream } from "../random/random-stream.ts";
import { requireCount, requireLogWeight, requirePositiveCount } from "../requirements.ts";
import type { ProposalRange, Selection, Selector } from "../selectors/selector.ts";
import { makePause } from "./pause.ts";
import { type ProposalBlock, type ProposalSource, targetSource } from "./proposal-source.ts";

/** Where a run starts: its log weight, and its position unless a restart makes sure that it is never the draw. */
export interface ChainStart<X> {
  /** Log weight of the start. */
  readonly logWeight: number;
  /** The start itself. Needed only where it may become the draw. */
  readonly position?: X;
}

/** How far drawing is. */
export interface SelectProgress {
  /** Draws given so far. */
  readonly draws: number;
  /** Draws that the run will give. */
  readonly totalDraws: number;
  /** Proposals made so far. */
  readonly proposals: number;
}

/** Options of {@link selectDrawBlocks}. */
export interface SelectDrawBlocksOptions<X> {
  /** How many draws to give. 0 gives none. */
  readonly draws: number;
  /** Which proposals become draws, for example `metropolisHastings({ chainLength: 640 })`. */
  readonly selector: Selector;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /** Gives the start of a run, from that run's own stream. Default: the first proposal is the start. */
  readonly start?: (random: RandomStream, run: number) => MaybePromise<ChainStart<X>>;
  /** No proposal has a larger log weight. A larger one is an error. Default `Infinity`: no bound is known. */
  readonly logWeightBound?: number;
  /** Log weights of other proposals of the same kind, for selectors that learn their rule from them. */
  readonly pilotLogWeights?: ArrayLike<number>;
  /** About how many proposals are made and weighed in one call. Changes speed and memory only. Default 1024. */
  readonly batchSize?: number;
  /** Go on after this many draws, as if they had been made: a multiple of the selector's `drawsPerRun`. Default 0. */
  readonly firstDraw?: number;
  /** Stops the run between two batches: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (progress: SelectProgress) => void;
}

/** Some draws and their record. */
export interface SelectedDraws<X> {
  /** The draws, in order. */
  readonly draws: readonly X[];
  /** Log weight of each draw. */
  readonly logWeights: Float64Array;
  /** Number of the first of these draws. */
  readonly firstDraw: number;
  /** What each run accepted. A run is one draw, except where the selector says otherwise. */
  readonly acceptCounts: Uint32Array;
  /** Decisions that the accepted are out of, in all. */
  readonly trials: number;
  /** Accepted out of all decisions. NaN if there were none, or only such as are not typical. */
  readonly acceptanceRate: number;
  /** Runs that never left their start, or where nothing was accepted. */
  readonly capOuts: number;
  /** Proposals that each run looked at. */
  readonly proposalsUsed: Uint32Array;
  /** Proposals made: they are made in blocks, so there may be more than were looked at. */
  readonly proposals: number;
}

/** A proposal was heavier than the bound. */
export class WeightAboveBound extends RangeError {
  readonly logWeight: number;
  constructor(message: string, logWeight: number) {
    super(message);
    this.logWeight = logWeight;
  }
}

/**
 * Draws by any selector, as a stream of blocks: for more draws than fit in memory, or to use the first while others are made.
 *
 * Run r has the stream `stream.split(r)`; its proposal k is made from `split(k).split(0)` of that and decided by the first value of
 * `split(k)`, its start comes from `split("start")`. So the draws do not depend on batch sizes, blocks, or how many there are, and to resume
 * is to say how many draws there are already.
 *
 * @param target - what proposes and weighs, or a `ProposalSource`.
 * @returns Blocks in order, of as many draws as were ready. Memory: O(batchSize + what one run asks for).
 * @throws {RangeError} for options that are off, a log weight that is NaN (the message names run and proposal) or above the
 * bound, or batches of a wrong length.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts
 * import { metropolisHastings, normal, selectDrawBlocks } from "@mhgan/mcmc";
 * // Target: normal(1, 0.5). Proposal: normal(0, 1).
 * const target = { propose: normal, logWeight: (x: number) => -0.5 * ((x - 1) / 0.5) ** 2 + 0.5 * x ** 2 };
 * const selector = metropolisHastings({ chainLength: 50 });
 * let sum = 0;
 * for await (const { draws } of selectDrawBlocks(target, { draws: 1000, selector, seed: 1 })) {
 *   for (const x of draws) sum += x;
 * }
 * Math.abs(sum / 1000 - 1) < 0.1; // => true
 * ```
 */
export async function* selectDrawBlocks<X, Block extends ProposalBlock = ProposalBlock>(
  target: AsyncIndependenceTarget<X> | BatchIndependenceTarget<X> | ProposalSource<X, Block>,
  options: SelectDrawBlocksOptions<X>,
): AsyncGenerator<SelectedDraws<X>, void, undefined> {
  const { draws: total, selector, seed, start, signal, onProgress } = options;
  const { logWeightBound = Infinity, pilotLogWeights, batchSize = 1024, firstDraw = 0 } = options;
  requireCount("selectDraws", "draws", total);
  requireCount("selectDraws", "firstDraw", firstDraw);
  requirePositiveCount("selectDraws", "batchSize", batchSize);
  requireLogWeight("selectDraws", "logWeightBound", logWeightBound);
  const { drawsPerRun } = selector;
  if (firstDraw % drawsPerRun !== 0) {
    throw new RangeError(
      `selectDraws: firstDraw must be a multiple of the selector's drawsPerRun ${drawsPerRun}, got ${firstDraw}`,
    );
  }
  const select = selector.prepare({ logWeightBound, pilotLogWeights });
  const source = (
    "weigh" in target ? target : targetSource("selectDraws", target, batchSize, signal)
  ) as ProposalSource<X, Block>;
  const root = typeof seed === "function" ? seed : randomStream(seed);
  const { firstBlock = 4 } = source;
  const nextBlock = (seen: number): number => Math.min(Math.max(firstBlock, Math.ceil(seen / GROWTH)), 4096);
  const pause = makePause();
  const runs = Math.ceil(total / drawsPerRun);
  /** Runs whose draws have not been given yet, in order. */
  const open: Run<X, Block>[] = [];
  let opened = firstDraw / drawsPerRun;
  let drawn = firstDraw;
  let proposals = 0;
  try {
    while (drawn < total) {
      signal?.throwIfAborted();
      let waiting = 0;
      for (const { wanted } of open) waiting += wanted?.count ?? 0;
      while (opened < runs && waiting < batchSize && open.length < batchSize) {
        const stream = root.split(opened);
        const from = await start?.(stream.split("start"), opened);
        const initialLogWeight = from?.logWeight;
        if (from !== undefined) {
          requireLogWeight("selectDraws", `the log weight of start ${opened}`, from.logWeight);
        }
        const steps = select({ initialLogWeight, uniform: (k) => firstOfSplit(stream, k), nextBlock });
        const run: Run<X, Block> = { number: opened++, stream, from, steps, blocks: [], made: 0 };
        advance(run, steps.next());
        waiting += run.wanted?.count ?? 0;
        open.push(run);
      }
      const served = runsToServe(open, batchSize);
      if (served.length > 0) {
        const blocks = await source.weigh(
          served.map(({ stream, wanted }) => ({ stream, first: wanted!.first, count: wanted!.count })),
        );
        for (const [i, run] of served.entries()) {
          const { first, count, forgetEarlier = false } = run.wanted!;
          if (forgetEarlier) releaseBlocks(source, run);
          run.blocks.push({ first, block: blocks[i]! });
          run.made += count;
          proposals += count;
        }
        for (const run of served) {
          const logWeights = Float64Array.from(run.blocks.at(-1)!.block.logWeights);
          requireWeights(run, logWeights, logWeightBound);
          advance(run, run.steps.next(logWeights));
          if (run.selection !== undefined) {
            run.draws = await drawsOf(source, run);
            releaseBlocks(source, run);
          }
        }
      }
      const finished = open.findIndex(({ draws }) => draws === undefined);
      const ready = open.splice(0, finished === -1 ? open.length : finished);
      if (ready.length > 0) {
        const block = recordOf(ready, drawn, total);
        drawn += block.draws.length;
        onProgress?.({ draws: drawn, totalDraws: total, proposals });
        yield block;
      }
      await pause();
    }
    signal?.throwIfAborted();
  } finally {
    for (const run of open) releaseBlocks(source, run);
  }
}

/**
 * A run that has seen n proposals asks for n / 3 more. So about an eighth of all proposals are made in vain, where with n more it would be a
 * third, and calls still only grow as the logarithm of the proposals.
 */
const GROWTH = 3;

interface Run<X, Block> {
  readonly number: number;
  readonly stream: RandomStream;
  readonly from: ChainStart<X> | undefined;
  readonly steps: Generator<ProposalRange, Selection, Float64Array>;
  /** What was made for it and may still be picked. */
  readonly blocks: { readonly first: number; readonly block: Block }[];
  made: number;
  wanted?: ProposalRange | undefined;
  selection?: Selection;
  draws?: readonly Draw<X>[];
}

interface Draw<X> {
  readonly position: X;
  readonly logWeight: number;
}

function advance<X, Block>(run: Run<X, Block>, step: IteratorResult<ProposalRange, Selection>): void {
  run.wanted = step.done ? undefined : step.value;
  if (step.done) run.selection = step.value;
}

/** The first runs whose wishes fill a batch: at least one, if any has a wish. */
function runsToServe<X, Block>(open: readonly Run<X, Block>[], batchSize: number): Run<X, Block>[] {
  const served: Run<X, Block>[] = [];
  let total = 0;
  for (const run of open) {
    if (run.wanted === undefined) continue;
    total += run.wanted.count;
    if (served.length > 0 && total > batchSize) break;
    served.push(run);
  }
  return served;
}

function requireWeights<X, Block>(run: Run<X, Block>, logWeights: Float64Array, bound: number): void {
  const { first, count } = run.wanted!;
  if (logWeights.length !== count) {
    throw new RangeError(`selectDraws: weigh must give ${count} log weights, got ${logWeights.length}`);
  }
  for (let i = 0; i < count; i++) {
    const logWeight = logWeights[i]!;
    if (logWeight <= bound) continue;
    const where = `${logWeight} for proposal ${first + i} of run ${run.number}`;
    if (Number.isNaN(logWeight)) {
      throw new RangeError(`selectDraws: log weights must not be NaN, got ${where}`);
    }
    throw new WeightAboveBound(
      `selectDraws: log weights must be at most logWeightBound ${bound}, got ${where}; give a larger bound or aboveBound: "raise"`,
      logWeight,
    );
  }
}

async function drawsOf<X, Block extends ProposalBlock>(
  source: ProposalSource<X, Block>,
  { from, blocks, selection }: Run<X, Block>,
): Promise<Draw<X>[]> {
  const draws: Draw<X>[] = [];
  for (const picked of Array.from(selection!.picked)) {
    if (picked === -1) {
      if (from === undefined || !("position" in from)) {
        throw new RangeError(
          `selectDraws: start must give a position when restart is "never", got only a log weight`,
        );
      }
      draws.push(from as Draw<X>);
      continue;
    }
    const { first, block } = blocks.find(
      (block) => picked >= block.first && picked < block.first + block.block.logWeights.length,
    )!;
    const place = picked - first;
    draws.push({ position: await source.pick(block, place), logWeight: block.logWeights[place]! });
  }
  return draws;
}

function releaseBlocks<X, Block extends ProposalBlock>(
  source: ProposalSource<X, Block>,
  { blocks }: Run<X, Block>,
): void {
  for (const { block } of blocks.splice(0)) source.release?.(block);
}

/** The draws of finished runs, cut off at the total. */
function recordOf<X, Block>(
  runs: readonly Run<X, Block>[],
  firstDraw: number,
  total: number,
): SelectedDraws<X> {
  const draws = runs.flatMap((run) => run.draws!).slice(0, total - firstDraw);
  const selections = runs.map((run) => run.selection!);
  return {
    draws: draws.map(({ position }) => position),
    logWeights: Float64Array.from(draws, ({ logWeight }) => logWeight),
    firstDraw,
    ...rates(
      Uint32Array.from(selections, ({ acceptCount }) => acceptCount),
      selections.reduce((sum, { trials }) => sum + trials, 0),
    ),
    capOuts: selections.filter(({ capOut }) => capOut).length,
    proposalsUsed: Uint32Array.from(selections, ({ proposalsUsed }) => proposalsUsed),
    proposals: runs.reduce((sum, { made }) => sum + made, 0),
  };
}

/** What was accepted, alone and out of all decisions. */
export function rates(
  acceptCounts: Uint32Array,
  trials: number,
): Pick<SelectedDraws<unknown>, "acceptCounts" | "trials" | "acceptanceRate"> {
  return { acceptCounts, trials, acceptanceRate: acceptCounts.reduce((sum, n) => sum + n, 0) / trials };
}
