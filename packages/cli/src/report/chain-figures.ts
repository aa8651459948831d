import type { Interval } from "./interval.ts";

/** What Metropolis-Hastings chains of one length do. */
export interface ChainFigures {
  /** K, the number of proposals. */
  readonly chainLength: number;
  /** Between the law of a draw and that of the data, in [0, 1]. */
  readonly predictedTotalVariation: number;
  readonly measuredTotalVariation?: Interval;
  readonly predictedAcceptance?: number;
  readonly measuredAcceptance?: Interval;
  /** Share of the chains that never leave their start. */
  readonly predictedCapOut?: number;
  readonly measuredCapOut?: Interval;
  /** Whether the run drew with this length. */
  readonly chosen?: boolean;
}
