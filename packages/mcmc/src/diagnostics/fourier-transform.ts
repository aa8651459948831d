/** Complex discrete Fourier transforms of one power-of-two size, in place, with tables made once. */
export class FourierTransform {
  readonly size: number;
  /** Where frequency k is after a transform: at `place[k]`, its bits reversed. */
  readonly place: Uint32Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.place = new Uint32Array(size);
    for (let k = 1; k < size; k++) {
      this.place[k] = (this.place[k >> 1]! >> 1) | ((k & 1) === 1 ? size >> 1 : 0);
    }
    const angles = Math.ceil((3 * size) / 4);
    this.#cos = new Float64Array(angles);
    this.#sin = new Float64Array(angles);
    for (let i = 0; i < angles; i++) {
      this.#cos[i] = Math.cos((2 * Math.PI * i) / size);
      this.#sin[i] = Math.sin((2 * Math.PI * i) / size);
    }
  }

  /** X(k) = Σ x(i) exp(−2πi·ik/size), by decimation in frequency: two halvings at a time, and one at the end if their number is odd. */
  transform(real: Float64Array, imaginary: Float64Array): void {
    const { size } = this;
    const cos = this.#cos;
    const sin = this.#sin;
    let block = size;
    for (let stride = 1; block >= 4; block >>= 2, stride <<= 2) {
      const quarter = block >> 2;
      for (let start = 0; start < size; start += block) {
        for (let j = 0, angle = 0; j < quarter; j++, angle += stride) {
          const i0 = start + j;
          const i1 = i0 + quarter;
          const i2 = i1 + quarter;
          const i3 = i2 + quarter;
          // Sums and differences of the elements that are half a block apart.
          const sum0 = real[i0]! + real[i2]!;
          const sum0i = imaginary[i0]! + imaginary[i2]!;
          const sum1 = real[i1]! + real[i3]!;
          const sum1i = imaginary[i1]! + imaginary[i3]!;
          const difference0 = real[i0]! - real[i2]!;
          const difference0i = imaginary[i0]! - imaginary[i2]!;
          const difference1 = real[i1]! - real[i3]!;
          const difference1i = imaginary[i1]! - imaginary[i3]!;
          real[i0] = sum0 + sum1;
          imaginary[i0] = sum0i + sum1i;
          // The other three turn by two, one and three times the angle; −i is a quarter turn of the second difference.
          let x = sum0 - sum1;
          let y = sum0i - sum1i;
          let c = cos[2 * angle]!;
          let s = sin[2 * angle]!;
          real[i1] = x * c + y * s;
          imaginary[i1] = y * c - x * s;
          x = difference0 + difference1i;
          y = difference0i - difference1;
          c = cos[angle]!;
          s = sin[angle]!;
          real[i2] = x * c + y * s;
          imaginary[i2] = y * c - x * s;
          x = difference0 - difference1i;
          y = difference0i + difference1;
          c = cos[3 * angle]!;
          s = sin[3 * angle]!;
          real[i3] = x * c + y * s;
          imaginary[i3] = y * c - x * s;
        }
      }
    }
    if (block === 2) {
      for (let i = 0; i < size; i += 2) {
        const x = real[i]!;
        const y = imaginary[i]!;
        real[i] = x + real[i + 1]!;
        imaginary[i] = y + imaginary[i + 1]!;
        real[i + 1] = x - real[i + 1]!;
        imaginary[i + 1] = y - imaginary[i + 1]!;
      }
    }
  }
}
