/** P-value of the one-sample Kolmogorov-Smirnov test, by the asymptotic law: for large samples in tests. */
export function kolmogorovSmirnovPValue(
  values: readonly number[],
  cumulative: (x: number) => number,
): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, i) => {
    const expected = cumulative(value);
    distance = Math.max(distance, expected - i / n, (i + 1) / n - expected);
  });
  const t = Math.sqrt(n) * distance;
  let sum = 0;
  for (let j = 1; j <= 100; j++) sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * t * t);
  return Math.min(1, Math.max(0, sum));
}
