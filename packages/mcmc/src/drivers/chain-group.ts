import type { MaybePromise } from "../kernels/maybe-promise.ts";
import type { RandomStream } from "../random/random-stream.ts";

/** Chains that move together, whatever their kernel is. */
export interface ChainGroup<Draws> {
  /** How often each chain accepted since this was last set to 0. */
  readonly acceptCounts: Uint32Array;
  /** Moves every chain by some steps, the first of them number `first`, and calls back after each. */
  advance(first: number, steps: number, afterStep: (step: number) => void): Promise<void>;
  /** Room for so many draws. */
  makeDraws(count: number): Draws;
  /** Writes where chain number i of the group is to a place among draws. */
  record(chain: number, draws: Draws, place: number): void;
  /** A copy of all that is needed to go on. */
  save(): unknown;
}

/** What a group of chains begins with. */
export interface GroupStart<Position> {
  /** The stream of each chain. Step t takes its random numbers from `split(t)`. */
  readonly streams: readonly RandomStream[];
  /** Number of the first of these chains, for errors. */
  readonly firstChain: number;
  /** Gives the start of chain number i of the group, if there is one. */
  readonly start: ((i: number) => MaybePromise<Position>) | undefined;
  /** What `save` gave: then the chains go on from there. */
  readonly saved: unknown;
  readonly batchSize: number;
  readonly signal: AbortSignal | undefined;
}

/** Refuses a saved array that lost its form on the way: JSON makes a plain object of a typed array, and null of −∞. */
export function requireSaved(values: ArrayLike<unknown> | undefined, length: number): void {
  if (values?.length !== length || Array.prototype.includes.call(values, null)) {
    throw new RangeError(
      `sample: resume.state must be as it was saved (structuredClone keeps it, JSON does not), got an array of length ${String(values?.length)} instead of ${length}`,
    );
  }
}
