import { normalQuantile } from "../random/normal-quantile.ts";
import { requireCount, requirePositiveCount } from "../requirements.ts";

/** Options of {@link acceptanceRate}. */
export interface AcceptanceRateOptions {
  /** The probability that the interval covers the true rate, in (0, 1). Default 0.95. */
  readonly confidence?: number;
}

/** What {@link acceptanceRate} finds. */
export interface AcceptanceRate {
  /** Accepted over tried. */
  readonly rate: number;
  /** The ends of the interval, in [0, 1]. */
  readonly lower: number;
  /** The upper end, not below `rate`. */
  readonly upper: number;
}

/**
 * A rate with its Wilson interval: of acceptances, or of cap-outs among chains.
 *
 * The interval is right for independent trials, as are the outcomes of separate chains. The proposals of one chain are not: from few chains,
 * the interval of their acceptance rate is too narrow. It stays within [0, 1] and keeps a width at rates of 0 and 1.
 *
 * @param accepted - how many trials succeeded, from 0 to `tried`.
 * @param tried - how many trials there were, from 1.
 * @returns Shares in [0, 1]. O(1).
 * @throws {RangeError} if a count is not a safe integer in its range or `confidence` is outside (0, 1).
 * @see Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927); Brown, Cai and DasGupta, "Interval
 * estimation for a binomial proportion", Statistical Science 16 (2001), section 3.1.1.
 * @example
 * ```ts
 * import { acceptanceRate } from "@mhgan/mcmc/diagnostics";
 * // 3 of 100 chains never left their start.
 * const { rate, lower, upper } = acceptanceRate(3, 100);
 * rate; // => 0.03
 * lower; // ≈ 0.0103
 * upper; // ≈ 0.0845
 * ```
 */
export function acceptanceRate(
  accepted: number,
  tried: number,
  { confidence = 0.95 }: AcceptanceRateOptions = {},
): AcceptanceRate {
  requirePositiveCount("acceptanceRate", "tried", tried);
  requireCount("acceptanceRate", "accepted", accepted);
  if (accepted > tried) {
    throw new RangeError(`acceptanceRate: accepted must be at most tried = ${tried}, got ${accepted}`);
  }
  if (!(typeof confidence === "number" && confidence > 0 && confidence < 1)) {
    throw new RangeError(`acceptanceRate: confidence must be in (0, 1), got ${String(confidence)}`);
  }
  const rate = accepted / tried;
  const z = -normalQuantile((1 - confidence) / 2);
  const shrink = 1 / (1 + (z * z) / tried);
  const centre = (rate + (z * z) / (2 * tried)) * shrink;
  const reach = z * Math.sqrt((rate * (1 - rate)) / tried + (z * z) / (4 * tried * tried)) * shrink;
  return {
    rate,
    lower: accepted === 0 ? 0 : Math.max(0, centre - reach),
    upper: accepted === tried ? 1 : Math.min(1, centre + reach),
  };
}
