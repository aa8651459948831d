/** Mean log loss in nats of the logits of real and generated rows, either kind counting one half. */
export function binaryLogLoss(real: ArrayLike<number>, fake: ArrayLike<number>): number {
  return 0.5 * (meanSoftplus(real, -1) + meanSoftplus(fake, 1));
}

function meanSoftplus(logits: ArrayLike<number>, sign: number): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const x = sign * logits[i]!;
    sum += Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }
  return sum / logits.length;
}
