/**
 * erfc(x) = 1 − erf(x) for x ≥ 0, to a relative error below 1e-12 all the way to where it underflows (x ≈ 27).
 *
 * Below 2 by the power series of erf, above by its continued fraction, evaluated from the tail.
 *
 * @see Abramowitz and Stegun (1964), 7.1.6 and 7.1.14.
 */
export function complementaryErrorFunction(x: number): number {
  const bell = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = 2 * x;
    let sum = term;
    for (let n = 1; term > sum * Number.EPSILON; n++) {
      term *= (x * x) / (n + 0.5);
      sum += term;
    }
    return 1 - bell * sum;
  }
  if (bell === 0) return 0;
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / 2 / fraction;
  return bell / fraction;
}
