/**
 * P(Z ≥ x) of a standard normal Z, to about 12 digits: the power series near the middle, the continued fraction further out.
 *
 * @see Abramowitz and Stegun (1964), 26.2.11 and 26.2.14.
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    let fraction = x;
    for (let n = 100; n >= 1; n--) fraction = x + n / fraction;
    return density / fraction;
  }
  let term = x;
  let sum = x;
  for (let n = 3; term > sum * Number.EPSILON; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 - density * sum;
}
