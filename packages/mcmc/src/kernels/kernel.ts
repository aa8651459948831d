import type { RandomStream } from "../random/random-stream.ts";
import type { MaybePromise } from "./maybe-promise.ts";

/** A Markov kernel that moves many chains at once. Its states are flat arrays, row after row. Driven by `sample`. */
export interface Kernel<State extends KernelState = KernelState> {
  /** Length of one position. */
  readonly dimensions: number;
  /** Starts a chain at each row of `positions`. */
  init(positions: ArrayLike<number>): MaybePromise<State>;
  /**
   * Moves every chain by one step. Pure: `state` is left as it is, and chain i takes its randomness from `streams[i]` alone,
   * so that it moves the same way whatever other chains there are.
   */
  step(state: State, streams: readonly RandomStream[]): MaybePromise<KernelStep<State>>;
}

/** What the next step needs to know of every chain: plain arrays that survive `structuredClone`. */
export interface KernelState {
  /** Where the chains are: row i is chain i. */
  readonly positions: Float64Array;
}

/** The states after a step and how they came about. */
export interface KernelStep<State extends KernelState> {
  /** The states after the step. */
  readonly state: State;
  /** How they came about, chain by chain. */
  readonly info: KernelInfo;
}

/** What a diagnostic needs to know about a step: one entry, or one row, for each chain. */
export interface KernelInfo {
  /** 1 where the chain accepted what was proposed to it. */
  readonly accepted: Uint8Array;
  /** With which probability it was to be accepted. */
  readonly acceptanceProbabilities: Float64Array;
  /** What was proposed, whether accepted or not. */
  readonly proposed: Float64Array;
}
