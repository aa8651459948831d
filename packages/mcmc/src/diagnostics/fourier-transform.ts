/**
 * Complex discrete Fourier transforms of one power-of-two size, in place, with a table of twiddle factors made once.
 *
 * `forward` leaves the frequencies in bit-reversed order and `backward` takes them so: a product of spectra needs no reordering.
 */
export class FourierTransform {
  readonly size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.#cos = new Float64Array(size >> 1);
    this.#sin = new Float64Array(size >> 1);
    for (let i = 0; i < size >> 1; i++) {
      this.#cos[i] = Math.cos((2 * Math.PI * i) / size);
      this.#sin[i] = Math.sin((2 * Math.PI * i) / size);
    }
  }

  /** Decimation in frequency: X(k) = Σ x(i) exp(−2πi·ik/size), at the bit-reversed place of k. */
  forward(real: Float64Array, imaginary: Float64Array): void {
    const { size } = this;
    const cos = this.#cos;
    const sin = this.#sin;
    for (let half = size >> 1, stride = 1; half >= 1; half >>= 1, stride <<= 1) {
      for (let start = 0; start < size; start += 2 * half) {
        for (let a = start, angle = 0; a < start + half; a++, angle += stride) {
          const b = a + half;
          const differenceReal = real[a]! - real[b]!;
          const differenceImaginary = imaginary[a]! - imaginary[b]!;
          real[a] = real[a]! + real[b]!;
          imaginary[a] = imaginary[a]! + imaginary[b]!;
          real[b] = differenceReal * cos[angle]! + differenceImaginary * sin[angle]!;
          imaginary[b] = differenceImaginary * cos[angle]! - differenceReal * sin[angle]!;
        }
      }
    }
  }

  /** Decimation in time: size times the inverse of `forward`. */
  backward(real: Float64Array, imaginary: Float64Array): void {
    const { size } = this;
    const cos = this.#cos;
    const sin = this.#sin;
    for (let half = 1, stride = size >> 1; half < size; half <<= 1, stride >>= 1) {
      for (let start = 0; start < size; start += 2 * half) {
        for (let a = start, angle = 0; a < start + half; a++, angle += stride) {
          const b = a + half;
          const turnedReal = real[b]! * cos[angle]! - imaginary[b]! * sin[angle]!;
          const turnedImaginary = real[b]! * sin[angle]! + imaginary[b]! * cos[angle]!;
          real[b] = real[a]! - turnedReal;
          imaginary[b] = imaginary[a]! - turnedImaginary;
          real[a] = real[a]! + turnedReal;
          imaginary[a] = imaginary[a]! + turnedImaginary;
        }
      }
    }
  }
}
