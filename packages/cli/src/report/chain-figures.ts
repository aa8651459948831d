import type { Interval } from "./interval.ts";

/** What Metropolis-Hastings chains of one length do. */
export interface ChainFigures {
  /** K, the number of proposals. */
  readonly chainLength: number;
  /** Between the law of a draw and that of the data, in [0, 1]. */
  readonly predictedTotalVariation: number;
  /** The same, measured on held-out scores. */
  readonly measuredTotalVariation?: Interval;
  /** Acceptance rate of such chains, in [0, 1]. */
  readonly predictedAcceptance?: number;
  /** Acceptance rate of the chains that were run, in [0, 1]. */
  readonly measuredAcceptance?: Interval;
  /** Share of the chains that never leave their start. */
  readonly predictedCapOut?: number;
  /** The same share among the chains that were run. */
  readonly measuredCapOut?: Interval;
  /** Whether the run drew with this length. */
  readonly chosen?: boolean;
}
