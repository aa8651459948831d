import type { ScoreGrid } from "./score-pair.ts";

/** What fitted weights are worth, by quadrature: no figure is blurred by a test sample. */
export interface WeightJudgement {
  /** E_q[w]: 1 for the truth. */
  readonly meanWeight: number;
  /** w*, the largest weight that any score can get. */
  readonly maximumWeight: number;
  /** Expected log loss on as many real as fake samples, less that of the truth, in nats. */
  readonly logLossExcess: number;
  /** Total variation between p and the law q·w / E_q[w], from which exact sampling by these weights draws. */
  readonly totalVariation: number;
  /** What such a draw costs: w* / E_q[w] proposals. */
  readonly proposalsPerDraw: number;
  /** The probability that a chain of so many proposals never leaves the real sample it started from: E_p[λ(w)^K]. */
  readonly capOut: number;
}

/**
 * Judges log weights, one for each point of the grid, non-decreasing.
 *
 * Where weights are infinite, exact sampling accepts these alone: its law is q above the threshold.
 *
 * @param maximumLogWeight - the largest that any score can get, on the grid or off it.
 * @see Liu, "Metropolized independent sampling", Statistics and Computing 6 (1996), for λ.
 */
export function judgeWeights(
  grid: ScoreGrid,
  logWeights: Float64Array,
  maximumLogWeight: number,
  chainLength: number,
): WeightJudgement {
  const { real, fake, logWeights: truth } = grid;
  const largest = logWeights.at(-1)!;
  const relative = logWeights.map((value) => (value === largest ? 1 : Math.exp(value - largest)));
  const total = relative.reduce((sum, weight, i) => sum + fake[i]! * weight, 0);
  let difference = 0;
  let meanWeight = 0;
  let logLossExcess = 0;
  relative.forEach((weight, i) => {
    const logWeight = logWeights[i]!;
    difference += Math.abs((fake[i]! * weight) / total - real[i]!);
    meanWeight += fake[i]! * Math.exp(logWeight);
    logLossExcess +=
      (real[i]! * (softplus(-logWeight) - softplus(-truth[i]!)) +
        fake[i]! * (softplus(logWeight) - softplus(truth[i]!))) /
      2;
  });
  return {
    meanWeight,
    maximumWeight: Math.exp(maximumLogWeight),
    logLossExcess,
    totalVariation: difference / 2,
    proposalsPerDraw: (maximumLogWeight === largest ? 1 : Math.exp(maximumLogWeight - largest)) / total,
    capOut: capOut(grid, logWeights, chainLength),
  };
}

/** E_p[λ(w)^K], where a state accepts with probability 1 − λ(w) = P_q(heavier) + E_q[w′ / w; not heavier]. */
function capOut({ real, fake }: ScoreGrid, logWeights: Float64Array, chainLength: number): number {
  let heavier = 1;
  let lighter = 0;
  let result = 0;
  for (let i = 0; i < logWeights.length; i++) {
    const step = i > 0 && logWeights[i] !== logWeights[i - 1] ? logWeights[i - 1]! - logWeights[i]! : 0;
    lighter = lighter * Math.exp(step) + fake[i]!;
    heavier -= fake[i]!;
    const acceptance = Math.min(1, Math.max(0, heavier) + lighter);
    result += real[i]! * Math.exp(chainLength * Math.log1p(-acceptance));
  }
  return result;
}

/** ln(1 + e^x), which is the log loss of a negative at log odds x. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
