import type { Chains } from "./chains.ts";
import type { Workspace } from "./workspace.ts";

/** Up to here, lags are summed one by one as they are asked for; the first lag beyond is worth a Fourier transform. */
const DIRECT_LAGS = 16;
const BLOCK = 4;

/**
 * Sums over chains c and draws i of x(c, i) · x(c, i + lag), for the lags that are asked for.
 *
 * A chain that mixes well is judged by few lags, and summing those takes less time than transforming the chain. Asked for
 * many, this takes O(n log n) time: one transform for two chains, and one back for all.
 */
export class LaggedProducts {
  readonly #centred: Chains;
  readonly #workspace: Workspace;
  readonly #sums: Float64Array;
  #known = 0;

  constructor(centred: Chains, workspace: Workspace) {
    this.#centred = centred;
    this.#workspace = workspace;
    this.#sums = new Float64Array(centred.length);
  }

  /** @param lag - from 0, below the length of the chains. */
  at(lag: number): number {
    while (this.#known <= lag) {
      if (this.#known < DIRECT_LAGS) this.#sumBlock();
      else this.#transform(lag);
    }
    return this.#sums[lag]!;
  }

  #sumBlock(): void {
    const { values, chains, length } = this.#centred;
    const lag = this.#known;
    for (let chain = 0; chain < chains; chain++) {
      const start = chain * length;
      const end = start + length;
      // Four sums at a time while all four partners exist, then what is left of each.
      const common = Math.max(start, end - lag - BLOCK + 1);
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let i = start; i < common; i++) {
        const value = values[i]!;
        sum0 += value * values[i + lag]!;
        sum1 += value * values[i + lag + 1]!;
        sum2 += value * values[i + lag + 2]!;
        sum3 += value * values[i + lag + 3]!;
      }
      const sums = [sum0, sum1, sum2, sum3];
      for (let j = 0; j < BLOCK && lag + j < length; j++) {
        let sum = sums[j]!;
        for (let i = common; i < end - lag - j; i++) sum += values[i]! * values[i + lag + j]!;
        this.#sums[lag + j]! += sum;
      }
    }
    this.#known = Math.min(length, lag + BLOCK);
  }

  #transform(lag: number): void {
    const { values, chains, length } = this.#centred;
    // On a circle of some size, lags up to size − length do not meet those that wrap around. A quarter of all lags is enough
    // for most chains; a second transform finds all.
    const reach = this.#known > DIRECT_LAGS ? length : Math.max(lag, length / 4, 4 * DIRECT_LAGS);
    const size = 2 ** Math.ceil(Math.log2(length + reach));
    const fourier = this.#workspace.fourierTransform(size);
    const { place } = fourier;
    const real = new Float64Array(size);
    const imaginary = new Float64Array(size);
    const power = new Float64Array(size);
    // A pair of chains is one complex chain z: the real part of its products z(i + lag) · z*(i) is the sum of both.
    for (let chain = 0; chain < chains; chain += 2) {
      real.fill(0).set(values.subarray(chain * length, (chain + 1) * length));
      imaginary.fill(0);
      if (chain + 1 < chains) imaginary.set(values.subarray((chain + 1) * length, (chain + 2) * length));
      fourier.transform(real, imaginary);
      for (let k = 0; k < size; k++) power[k]! += real[k]! * real[k]! + imaginary[k]! * imaginary[k]!;
    }
    // The power is real, so a transform forward has the real part of one back.
    for (let k = 0; k < size; k++) real[k] = power[place[k]!]!;
    imaginary.fill(0);
    fourier.transform(real, imaginary);
    const end = Math.min(length, size - length + 1);
    for (let t = this.#known; t < end; t++) this.#sums[t] = real[place[t]!]! / size;
    this.#known = end;
  }
}
