/** Log odds of a probability, infinite at 0 and 1; NaN outside of [0, 1]. */
export function logit(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability);
}

/** The probability that has these log odds; relatively accurate near 0, and 1 above log odds of about 37. */
export function sigmoid(logOdds: number): number {
  const tail = Math.exp(-Math.abs(logOdds));
  return (logOdds < 0 ? tail : 1) / (1 + tail);
}

/** ln(1 + eˣ) without overflow: `-ln(1 − p)` at log odds x, and `-ln p` at log odds −x. It never falls as x rises. */
export function softplus(x: number): number {
  return x > 40 ? x : Math.log1p(Math.exp(x));
}
