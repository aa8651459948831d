import { schools } from "./eight-schools.ts";

/** The mean µ of the schools' true effects, and the logarithm of their standard deviation τ. */
export type Position = readonly [mean: number, logSpread: number];

/**
 * The log posterior density of a position, up to a constant: true effects are normal(µ, τ), estimates are normal(true effect, error), and
 * µ and τ have flat priors. The true effects are integrated out, and `logSpread` in the sum is the Jacobian of τ.
 */
export function logPosterior([mean, logSpread]: Position): number {
  const spread = Math.exp(logSpread);
  return schools.reduce((sum, { effect, error }) => {
    const variance = error ** 2 + spread ** 2;
    return sum - (Math.log(variance) + (effect - mean) ** 2 / variance) / 2;
  }, logSpread);
}

/** The law of each school's true effect at a position: a normal one, between its own estimate and the mean of all. */
export function schoolEffects([mean, logSpread]: Position): { readonly mean: number; readonly sd: number }[] {
  const prior = Math.exp(-2 * logSpread);
  return schools.map(({ effect, error }) => {
    const precision = prior + error ** -2;
    return { mean: (prior * mean + error ** -2 * effect) / precision, sd: precision ** -0.5 };
  });
}
