import { integer } from "../random/integer.ts";
import { firstOfSplit, type RandomStream, randomStream } from "../random/random-stream.ts";
import { requireCount, requireLogWeight } from "../requirements.ts";
import type { Selector } from "../selectors/selector.ts";

/** Options of {@link selectFromArray}. */
export interface SelectFromArrayOptions {
  /** Which proposals become draws, for example `metropolisHastings({ chainLength: 640 })`. */
  readonly selector: Selector;
  /** Seed of all random numbers, or a stream to take them from. */
  readonly seed: number | string | RandomStream;
  /** How many draws to give at most. Default: as many as the proposals are enough for. */
  readonly draws?: number;
  /** Log weights of samples of the target: each run starts at one of them, chosen at random. Default: at its first proposal. */
  readonly startLogWeights?: ArrayLike<number>;
  /** No proposal that could come has a larger log weight. Default `Infinity`: no bound is known. */
  readonly logWeightBound?: number;
  /** Log weights of other proposals of the same kind, for selectors that learn their rule from them. */
  readonly pilotLogWeights?: ArrayLike<number>;
}

/** Which of some proposals are the draws. */
export interface ArraySelection {
  /** Index of each draw. −1 − s where the draw is number s of the starts. */
  readonly picked: Int32Array;
  /** What each run accepted. A run is one draw, except where the selector says otherwise. */
  readonly acceptCounts: Uint32Array;
  /** Accepted out of all decisions. NaN if there were none, or only such as are not typical. */
  readonly acceptanceRate: number;
  /** Runs that never left their start, or where nothing was accepted. */
  readonly capOuts: number;
  /** Proposals that each run looked at. */
  readonly proposalsUsed: Uint32Array;
  /** How many of the proposals, from the first on, were given to runs. */
  readonly proposals: number;
}

/**
 * Draws by any selector from proposals that lie ready, weighed by whatever means: which of them are the draws?
 *
 * Every proposal is given to one run only, in order, so proposals that were made independently give draws that are. A run that the
 * proposals are not enough for gives no draw.
 *
 * @param logWeights - `log p(x) − log q(x)` of the proposals, each up to the same constant. NaN is an error.
 * @returns Indices and the record of the runs. O(n) for most selectors.
 * @throws {RangeError} if a log weight is NaN or above the bound (the message names its index), or an option is off.
 * @example
 * ```ts
 * import { iteratedSir, randomStream, selectFromArray } from "@mhgan/mcmc";
 * const scores = Float64Array.from({ length: 1000 }, randomStream(1));
 * const logWeights = scores.map((p) => Math.log(p / (1 - p)));
 * const { picked } = selectFromArray(logWeights, { selector: iteratedSir({ candidates: 5, steps: 2 }), seed: 2 });
 * picked.length; // => 125
 * scores[picked[0]]; // ≈ 0.67
 * ```
 */
export function selectFromArray(
  logWeights: ArrayLike<number>,
  options: SelectFromArrayOptions,
): ArraySelection {
  const { selector, seed, draws = Infinity, startLogWeights = [] } = options;
  const { logWeightBound = Infinity, pilotLogWeights } = options;
  if (draws !== Infinity) requireCount("selectFromArray", "draws", draws);
  requireLogWeight("selectFromArray", "logWeightBound", logWeightBound);
  for (let k = 0; k < logWeights.length; k++) {
    if (logWeights[k]! <= logWeightBound) continue;
    const needed = Number.isNaN(logWeights[k]) ? "not be NaN" : `be at most ${logWeightBound}`;
    throw new RangeError(`selectFromArray: logWeights must ${needed}, got ${logWeights[k]} at index ${k}`);
  }
  const select = selector.prepare({ logWeightBound, pilotLogWeights });
  const root = typeof seed === "function" ? seed : randomStream(seed);
  const all = Float64Array.from(logWeights);
  const picked: number[] = [];
  const acceptCounts: number[] = [];
  const proposalsUsed: number[] = [];
  let trials = 0;
  let capOuts = 0;
  let proposals = 0;
  for (let run = 0; picked.length < draws; run++) {
    const stream = root.split(run);
    const start = startLogWeights.length > 0 ? integer(stream.split("start"), startLogWeights.length) : -1;
    const initialLogWeight = startLogWeights[start];
    if (start !== -1) requireLogWeight("selectFromArray", `startLogWeights[${start}]`, initialLogWeight!);
    const steps = select({ initialLogWeight, uniform: (k) => firstOfSplit(stream, k), nextBlock: () => 1 });
    /** Ranges of the run's own numbers, each with the index in the array where it begins. */
    const ranges: { readonly first: number; readonly count: number; readonly index: number }[] = [];
    const before = proposals;
    let step = steps.next();
    while (!step.done && proposals + step.value.count <= all.length) {
      const { first, count } = step.value;
      ranges.push({ first, count, index: proposals });
      step = steps.next(all.slice(proposals, proposals + count));
      proposals += count;
    }
    if (!step.done || proposals === before) {
      proposals = before;
      break;
    }
    const selection = step.value;
    for (const number of Array.from(selection.picked).slice(0, draws - picked.length)) {
      const range = ranges.find(({ first, count }) => number >= first && number < first + count);
      picked.push(range === undefined ? -1 - start : number - range.first + range.index);
    }
    acceptCounts.push(selection.acceptCount);
    proposalsUsed.push(selection.proposalsUsed);
    trials += selection.trials;
    if (selection.capOut) capOuts++;
  }
  return {
    picked: Int32Array.from(picked),
    acceptCounts: Uint32Array.from(acceptCounts),
    acceptanceRate: acceptCounts.reduce((sum, count) => sum + count, 0) / trials,
    capOuts,
    proposalsUsed: Uint32Array.from(proposalsUsed),
    proposals,
  };
}
