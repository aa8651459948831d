import { schools } from "./eight-schools.ts";
import { schoolEffects } from "./posterior.ts";

/**
 * The posterior means of µ, τ and every school's effect, without sampling. Given τ all is normal and in closed form; what is left is an integral
 * over log τ, whose integrand falls off exponentially at both ends, so that the trapezoid rule is exact to many digits.
 */
export function exactMeans(): number[] {
  const [from, to, points] = [-20, 12, 3200];
  let total = 0;
  const sums = new Array<number>(schools.length + 2).fill(0);
  for (let i = 0; i <= points; i++) {
    const logSpread = from + ((to - from) * i) / points;
    const { density, mean } = atSpread(logSpread);
    total += density;
    const values = [
      mean,
      Math.exp(logSpread),
      ...schoolEffects([mean, logSpread]).map((effect) => effect.mean),
    ];
    values.forEach((value, j) => {
      sums[j]! += density * value;
    });
  }
  return sums.map((sum) => sum / total);
}

/** The posterior density of log τ up to a constant, µ integrated out, and the mean of µ given τ. */
function atSpread(logSpread: number): { readonly density: number; readonly mean: number } {
  const variances = schools.map(({ error }) => error ** 2 + Math.exp(2 * logSpread));
  const precision = variances.reduce((sum, variance) => sum + 1 / variance, 0);
  const mean = schools.reduce((sum, { effect }, j) => sum + effect / variances[j]!, 0) / precision;
  const logDensity = schools.reduce(
    (sum, { effect }, j) => sum - (Math.log(variances[j]!) + (effect - mean) ** 2 / variances[j]!) / 2,
    logSpread - Math.log(precision) / 2,
  );
  return { density: Math.exp(logDensity), mean };
}
