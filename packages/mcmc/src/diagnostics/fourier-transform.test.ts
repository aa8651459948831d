import { expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { FourierTransform } from "./fourier-transform.ts";

test.each([0, 1, 2, 3, 6])("2^%i frequencies equal the sums that define them", (bits) => {
  const size = 2 ** bits;
  const random = randomStream(bits);
  const real = Float64Array.from({ length: size }, random);
  const imaginary = Float64Array.from({ length: size }, random);
  const [a, b] = [real.slice(), imaginary.slice()];
  const fourier = new FourierTransform(size);
  fourier.transform(a, b);
  for (let k = 0; k < size; k++) {
    const angle = (i: number): number => (-2 * Math.PI * i * k) / size;
    let [x, y] = [0, 0];
    for (let i = 0; i < size; i++) {
      x += real[i]! * Math.cos(angle(i)) - imaginary[i]! * Math.sin(angle(i));
      y += real[i]! * Math.sin(angle(i)) + imaginary[i]! * Math.cos(angle(i));
    }
    expect(a[fourier.place[k]!]).toBeCloseTo(x, 12);
    expect(b[fourier.place[k]!]).toBeCloseTo(y, 12);
  }
});
