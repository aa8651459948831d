import type { KernelState } from "./kernel.ts";
import type { MaybePromise } from "./maybe-promise.ts";

/** A log density with its gradient, for many positions in one call. */
export interface GradientTarget {
  /** d, the length of one position. */
  readonly dimensions: number;
  /**
   * Weighs all positions, row after row, and leaves them as they are. What a row gets must not depend on the other rows.
   *
   * A log density is finite, or −∞ where the target never is. A gradient is finite. Where the log density is −∞ it may be anything,
   * except for `langevin`, and what is not finite counts as 0: noise alone leads away from there.
   */
  logDensityAndGradient(positions: Float64Array): MaybePromise<LogDensitiesAndGradients>;
}

/** What a {@link GradientTarget} says of some positions. */
export interface LogDensitiesAndGradients {
  /** `log p(x)` up to a constant, one for each position. */
  readonly logDensities: ArrayLike<number>;
  /** `∇ log p(x)`, d for each position: row after row, as the positions are. */
  readonly gradients: ArrayLike<number>;
}

/** Where chains are and what the target says there: plain arrays that survive `structuredClone`. */
export interface GradientState extends KernelState {
  /** Length chains: the log density of the target where each chain is, up to a constant. */
  readonly logDensities: Float64Array;
  /** Row i belongs to chain i, as in `positions`. */
  readonly gradients: Float64Array;
}
