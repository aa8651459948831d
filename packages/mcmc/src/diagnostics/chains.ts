import { requirePositiveCount } from "../requirements.ts";

/** What the diagnostics of one quantity take beside its draws. */
export interface ChainsOptions {
  /** How many chains of equal length the draws are: chain 0's draws come first, then chain 1's, and so on. */
  readonly chains: number;
}

/** Draws of one quantity: `chains` chains of `length` draws each, one after the other. */
export interface Chains {
  readonly values: Float64Array;
  readonly chains: number;
  readonly length: number;
}

/** Checks draws and the number of chains, and copies the draws into float64. */
export function readChains(caller: string, draws: ArrayLike<number>, chains: number): Chains {
  requirePositiveCount(caller, "chains", chains);
  if (draws.length === 0 || draws.length % chains !== 0) {
    throw new RangeError(
      `${caller}: draws must have a length that is a multiple of chains = ${chains} and not 0, got ${draws.length}`,
    );
  }
  return { values: float64Copy(caller, "draws", draws), chains, length: draws.length / chains };
}

/** A copy as float64; what is not a number is an error, not coerced. */
export function float64Copy(caller: string, argument: string, values: ArrayLike<number>): Float64Array {
  if (!ArrayBuffer.isView(values)) {
    for (let i = 0; i < values.length; i++) {
      if (typeof values[i] !== "number") {
        throw new TypeError(
          `${caller}: ${argument} must hold numbers, got ${String(values[i])} at index ${i}`,
        );
      }
    }
  }
  return new Float64Array(values);
}

/** Every chain cut into two halves; the middle draw of an odd chain is left out. Shares memory where it can. */
export function splitChains({ values, chains, length }: Chains): Chains {
  const half = length >> 1;
  if (length === 2 * half) return { values, chains: 2 * chains, length: half };
  const kept = new Float64Array(2 * chains * half);
  for (let chain = 0; chain < chains; chain++) {
    const start = chain * length;
    kept.set(values.subarray(start, start + half), 2 * chain * half);
    kept.set(values.subarray(start + half + 1, start + length), (2 * chain + 1) * half);
  }
  return { values: kept, chains: 2 * chains, length: half };
}

/** Whether draws say nothing by their ranks: one of them is NaN, or all are the same. */
export function areUnordered(values: Float64Array): boolean {
  const first = values[0]!;
  let constant = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== first) {
      if (Number.isNaN(value)) return true;
      constant = false;
    }
  }
  return constant;
}

/** A range whose square is smaller has a variance that double precision cannot hold. */
const SMALLEST_RANGE = 1e-145;

/** Whether draws have no variance that could be estimated: one is NaN or infinite, or all are the same or all but the same. */
export function haveNoVariance(values: Float64Array): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value < Infinity && value > -Infinity)) return true;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low < SMALLEST_RANGE;
}
