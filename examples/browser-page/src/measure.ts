import type { Measured } from "./messages.ts";

/** The mean of some values. */
export function meanOf(values: ArrayLike<number>): Measured {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const value = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - value) ** 2;
  return { value, error: Math.sqrt(squares / (n - 1) / n) };
}

/** A share of `total` independent cases. Where it is 0 or 1 the error is that of half a case more, so that it says something. */
export function shareOf(count: number, total: number): Measured {
  const value = count / total;
  const smoothed = (count + 0.5) / (total + 1);
  return { value, error: Math.sqrt((smoothed * (1 - smoothed)) / total) };
}

/**
 * Total variation between the laws of two sets of log weights.
 *
 * A sampler sees a sample only through its weight w, and all samplers of this page draw by a law whose ratio to the target's is monotone in w.
 * So their total variation is the gap between the shares below one threshold. It is looked for among one half of the draws and measured on the
 * other, and the other way round: a gap that is measured where it was found to be the largest would be too large.
 */
export function totalVariationOf(draws: Float64Array, real: Float64Array): Measured {
  const sorted = Float64Array.from(real).sort();
  const halves = [draws.filter((_, i) => i % 2 === 0), draws.filter((_, i) => i % 2 === 1)] as const;
  const gaps = [gapOf(...halves, sorted), gapOf(halves[1], halves[0], sorted)] as const;
  return {
    value: Math.max(0, (gaps[0].value + gaps[1].value) / 2),
    error: Math.hypot(gaps[0].error, gaps[1].error) / 2,
  };
}

/** The gap between the shares of draws and of real samples below the threshold at which it is largest among other draws. */
function gapOf(others: Float64Array, draws: Float64Array, sortedReal: Float64Array): Measured {
  const found = Float64Array.from(others).sort();
  let [threshold, largest] = [Infinity, 0];
  for (let i = 0, j = 0; i < found.length; ) {
    const at = found[i]!;
    while (i < found.length && found[i]! <= at) i++;
    while (j < sortedReal.length && sortedReal[j]! <= at) j++;
    const gap = i / found.length - j / sortedReal.length;
    if (Math.abs(gap) > Math.abs(largest)) [threshold, largest] = [at, gap];
  }
  const shareBelow = (values: Float64Array): Measured =>
    shareOf(values.filter((value) => value <= threshold).length, values.length);
  const [ofDraws, ofReal] = [shareBelow(draws), shareBelow(sortedReal)];
  const value = Math.sign(largest) * (ofDraws.value - ofReal.value);
  return { value, error: Math.hypot(ofDraws.error, ofReal.error) };
}
