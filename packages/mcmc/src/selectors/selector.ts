/**
 * A sampler on log weights: decides which proposals become draws.
 *
 * It works in independent runs, each with random numbers of its own, so that whoever drives it may serve many runs at once in any
 * order. See `selectDraws` for proposals that are made on demand, `selectFromArray` for proposals that lie ready.
 */
export interface Selector {
  /** The name of the function that made it, for records and errors. */
  readonly name: string;
  /** How many draws one run gives. 1, except where draws share their candidates. */
  readonly drawsPerRun: number;
  /** Checks that what is known of the weights is enough, and gives what one run does. */
  prepare(known: KnownWeights): SelectRun;
}

/** What is known of the log weights of all proposals before the first is made. */
export interface KnownWeights {
  /** No log weight is larger. `Infinity` if no bound is known. */
  readonly logWeightBound: number;
  /** Log weights of proposals made earlier, for selectors that learn a rule from them. */
  readonly pilotLogWeights?: ArrayLike<number> | undefined;
}

/**
 * One run, as a generator: it yields which proposals it wants next, is handed their log weights, and returns its selection. Its proposals
 * are numbered from 0. The log weights are never NaN and never above the bound.
 */
export type SelectRun = (context: RunContext) => Generator<ProposalRange, Selection, Float64Array>;

/** What one run is given. */
export interface RunContext {
  /** Log weight of the state the run starts from, if there is one. If not, a chain starts at one of its first proposals. */
  readonly initialLogWeight: number | undefined;
  /** Value number k of the run's random numbers, uniform on [0, 1). */
  readonly uniform: (k: number) => number;
  /** How many proposals to ask for next, by a selector that may stop at any, once it has seen so many. */
  readonly nextBlock: (seen: number) => number;
}

/** Proposals number `first` to `first + count − 1`. */
export interface ProposalRange {
  /** The number of the first proposal, from 0. */
  readonly first: number;
  /** How many proposals, one after the other. */
  readonly count: number;
  /** Whether none of the proposals before these ranges can be picked any more, so that they need not be kept. */
  readonly forgetEarlier?: boolean;
}

/** Which of the proposals a run picked, and what it took. */
export interface Selection {
  /** Numbers of the picked proposals, one for each draw; −1 is the start. */
  readonly picked: ArrayLike<number>;
  /** How many of the `trials` were accepted. */
  readonly acceptCount: number;
  /** Decisions that `acceptCount` is out of. 0 where a run looks only at decisions that are not typical. */
  readonly trials: number;
  /** Proposals that the run looked at. */
  readonly proposalsUsed: number;
  /** Whether a chain never left its start, or no candidate was accepted and another rule had to pick. */
  readonly capOut: boolean;
}

/** Random numbers of a run one after the other, from number `first`. */
export function uniformsFrom(uniform: (k: number) => number, first = 0): () => number {
  let k = first;
  return () => uniform(k++);
}
