import type { Code, Local } from "./assembler.ts";
import type { PointwiseBody } from "./pointwise.ts";

/** Adding it rounds a small float to an integer, which then stands in the lowest bits of the sum: 1.5 · 2²³. */
const rounder = 12_582_912;
/** ln 2 in two parts; the first has so few bits that its product with an exponent is exact. */
const ln2High = 355 / 512;
const ln2Low = Math.LN2 - ln2High;
/** 1/7!, …, 1/0!: the series of eʳ, whose error on |r| ≤ ln 2 / 2 is 5e-9. */
const coefficients = [5040, 720, 120, 24, 6, 2, 1, 1].map((factorial) => 1 / factorial);

/**
 * Sets `result` to eˣ, within some units in the last place, for x in [−87, 88]. NaN stays NaN.
 *
 * x = k ln 2 + r with an integer k, so eˣ = 2ᵏ eʳ.
 */
export function exponential({ lanes, constant, local }: PointwiseBody, x: Code, result: Local): Code[] {
  const { add, sub, mul } = lanes;
  const [rounded, k, r] = [local(), local(), local()];
  const [first, ...others] = coefficients.map(constant) as [Code, ...Code[]];
  const series = others.reduce((sum, coefficient) => add(mul(sum, r.get), coefficient), first);
  return [
    rounded.set(add(mul(x, constant(Math.LOG2E)), constant(rounder))),
    k.set(sub(rounded.get, constant(rounder))),
    r.set(sub(sub(x, mul(k.get, constant(ln2High))), mul(k.get, constant(ln2Low)))),
    result.set(mul(series, lanes.powerOfTwo(rounded.get, constant(1)))),
  ];
}
