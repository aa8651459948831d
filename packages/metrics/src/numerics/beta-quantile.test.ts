import fc from "fast-check";
import { expect, test } from "vitest";
import { betaQuantile, incompleteBeta } from "./beta-quantile.ts";

test("closed forms: powers, and the arcsine law", () => {
  for (const p of [0, 1e-9, 0.2, 0.5, 0.9, 1]) {
    expect(betaQuantile(p, 3, 1)).toBeCloseTo(p ** (1 / 3), 14);
    expect(betaQuantile(p, 1, 7)).toBeCloseTo(-Math.expm1(Math.log1p(-p) / 7), 14);
    expect(betaQuantile(p, 0.5, 0.5)).toBeCloseTo(Math.sin((p * Math.PI) / 2) ** 2, 14);
  }
});

test("the incomplete beta function of whole parameters is a binomial tail", () => {
  // I_x(a, b) = P(at least a of a + b − 1 trials succeed).
  const tail = (x: number, a: number, b: number): number => {
    const n = a + b - 1;
    let sum = 0;
    let choose = 1;
    for (let k = 0; k <= n; k++) {
      if (k >= a) sum += choose * x ** k * (1 - x) ** (n - k);
      choose *= (n - k) / (k + 1);
    }
    return sum;
  };
  const count = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), count, count, (x, a, b) => {
      expect(incompleteBeta(x, a, b)).toBeCloseTo(tail(x, a, b), 13);
    }),
    { seed: 1 },
  );
});

test("the quantile function inverts the incomplete beta function and mirrors", () => {
  const parameter = fc.double({ min: 1, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), parameter, parameter, (p, a, b) => {
      const x = betaQuantile(p, a, b);
      expect(x).toBeCloseTo(1 - betaQuantile(1 - p, b, a), 9);
      // What rounding of x alone does to the probability.
      expect(Math.abs(incompleteBeta(x, a, b) - p)).toBeLessThan(1e-12 * Math.sqrt(a + b));
    }),
    { seed: 1 },
  );
});
