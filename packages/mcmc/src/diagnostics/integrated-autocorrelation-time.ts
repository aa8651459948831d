import { type ChainsOptions, readChains } from "./chains.ts";
import { LaggedProducts } from "./lagged-products.ts";
import { meanOf } from "./moments.ts";
import { Workspace } from "./workspace.ts";

/** Options of {@link integratedAutocorrelationTime}. */
export interface IntegratedAutocorrelationTimeOptions extends ChainsOptions {
  /** The sum ends at the first lag that is this many times the time found up to it. Default 5. */
  readonly windowFactor?: number;
  /** How many times the result every chain must be long for it to count as reliable. Default 50. */
  readonly minimumLength?: number;
}

/** What {@link integratedAutocorrelationTime} finds. */
export interface IntegratedAutocorrelationTime {
  /** How many draws in a row are worth an independent one: 1 + 2 Σ autocorrelations up to `window`. */
  readonly time: number;
  /** The last lag that was summed. */
  readonly window: number;
  /** Whether the chains are long enough, by `minimumLength`, for `time` to be trusted. If not it is mostly too short, or negative. */
  readonly reliable: boolean;
}

/**
 * The integrated autocorrelation time by Sokal's automatic window, averaged over the autocorrelations of chains.
 *
 * It asks how long one walk remembers, not whether chains agree: each chain is compared with its own mean. For that, and for an error
 * of an estimate, use an effective sample size.
 *
 * @param draws - `chains` × length, row-major, in any unit.
 * @returns Times in draws. A time of NaN, never reliable, if a chain is constant or a draw is NaN or infinite. Chains shorter than their
 * memory give the time up to their last lag, not reliable. O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`, or a factor is not a positive number.
 * @throws {TypeError} if a draw is not a number.
 * @see Sokal, "Monte Carlo methods in statistical mechanics: foundations and new algorithms", 1996, section 3; Foreman-Mackey et al.,
 * "emcee: the MCMC hammer", PASP 125 (2013), whose `integrated_time` this equals wherever a window is found.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { integratedAutocorrelationTime } from "@mhgan/mcmc/diagnostics";
 * // Each draw keeps 0.8 of the one before: 1.8 / 0.2 = 9 of them are worth one.
 * const random = randomStream(1);
 * const draws = new Float64Array(40000);
 * for (let i = 1; i < 40000; i++) draws[i] = 0.8 * draws[i - 1] + normal(random);
 * const { time, reliable } = integratedAutocorrelationTime(draws, { chains: 1 });
 * time; // ≈ 9
 * reliable; // => true
 * ```
 */
export function integratedAutocorrelationTime(
  draws: ArrayLike<number>,
  { chains, windowFactor = 5, minimumLength = 50 }: IntegratedAutocorrelationTimeOptions,
): IntegratedAutocorrelationTime {
  const caller = "integratedAutocorrelationTime";
  const { values, length } = readChains(caller, draws, chains);
  requirePositive(caller, "windowFactor", windowFactor);
  requirePositive(caller, "minimumLength", minimumLength);
  for (let chain = 0; chain < chains; chain++) {
    if (!standardise(values.subarray(chain * length, (chain + 1) * length))) {
      return { time: Number.NaN, window: 0, reliable: false };
    }
  }
  // Every chain has sum of squares 1: the products are sums of autocorrelations.
  const products = new LaggedProducts({ values, chains, length }, new Workspace());
  let time = 1;
  let window = 0;
  while (window < windowFactor * time) {
    if (window === length - 1) return { time, window, reliable: false };
    window++;
    time += (2 * products.at(window)) / chains;
  }
  return { time, window, reliable: time > 0 && minimumLength * time <= length };
}

/** Centres a chain and scales its sum of squares to 1, in place; false if it has no variance. */
function standardise(chain: Float64Array): boolean {
  const mean = meanOf(chain);
  const constant = chain.every((value) => value === chain[0]);
  let squares = 0;
  for (let i = 0; i < chain.length; i++) {
    chain[i]! -= mean;
    squares += chain[i]! * chain[i]!;
  }
  if (constant || !(squares > 0 && squares < Infinity)) return false;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < chain.length; i++) chain[i]! *= scale;
  return true;
}

function requirePositive(caller: string, argument: string, value: number): void {
  if (!(typeof value === "number" && value > 0 && value < Infinity)) {
    throw new RangeError(`${caller}: ${argument} must be a finite number above 0, got ${String(value)}`);
  }
}
