/**
 * How alike neighbours are: the correlation of each score with the next one. About 0 ± 1/√n for scores in random order.
 *
 * @returns 0 where all scores are the same.
 */
export function neighbourCorrelation(scores: Float64Array): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  let products = 0;
  let squares = 0;
  for (let i = 0; i < scores.length; i++) {
    const deviation = scores[i]! - mean;
    squares += deviation * deviation;
    if (i > 0) products += deviation * (scores[i - 1]! - mean);
  }
  return squares > 0 && Number.isFinite(squares) ? products / squares : 0;
}

/**
 * Says in a sentence that scores do not lie in random order, if they do not: then the stretches that draws are picked from are not alike.
 *
 * In random order it says so once in 100,000 times at most.
 */
export function orderWarnings(scores: Float64Array): string[] {
  const correlation = neighbourCorrelation(scores);
  if (Math.abs(correlation) < Math.max(0.03, 4.5 / Math.sqrt(scores.length))) return [];
  return [
    `the fake scores are not in random order (neighbours correlate by ${correlation.toFixed(2)}), but each draw is picked from a stretch of them: give --shuffle`,
  ];
}
