import { expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { FourierTransform } from "./fourier-transform.ts";

const reversed = (k: number, bits: number): number =>
  Number.parseInt(k.toString(2).padStart(bits, "0").split("").reverse().join(""), 2);

test.each([0, 1, 2, 5])("2^%i frequencies equal the sum that defines them, and transform back", (bits) => {
  const size = 2 ** bits;
  const random = randomStream(bits);
  const real = Float64Array.from({ length: size }, random);
  const imaginary = Float64Array.from({ length: size }, random);
  const [a, b] = [real.slice(), imaginary.slice()];
  const fourier = new FourierTransform(size);
  fourier.forward(a, b);
  for (let k = 0; k < size; k++) {
    const angle = (i: number): number => (-2 * Math.PI * i * k) / size;
    let [x, y] = [0, 0];
    for (let i = 0; i < size; i++) {
      x += real[i]! * Math.cos(angle(i)) - imaginary[i]! * Math.sin(angle(i));
      y += real[i]! * Math.sin(angle(i)) + imaginary[i]! * Math.cos(angle(i));
    }
    const place = bits === 0 ? 0 : reversed(k, bits);
    expect(a[place]).toBeCloseTo(x, 12);
    expect(b[place]).toBeCloseTo(y, 12);
  }
  fourier.backward(a, b);
  for (let i = 0; i < size; i++) {
    expect(a[i]! / size).toBeCloseTo(real[i]!, 14);
    expect(b[i]! / size).toBeCloseTo(imaginary[i]!, 14);
  }
});
