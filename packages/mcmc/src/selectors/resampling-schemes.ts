/** How draws are taken from weighted proposals. See `selectImportanceResampling`. */
export type ResamplingScheme = "multinomial" | "residual" | "stratified" | "systematic";

/**
 * Fills `picked` with indices; the expected copies of index k are `picked.length` · weight k / sum of weights.
 *
 * Weights are finite, from 0, not all 0. One of weight 0 is never picked.
 */
export type Resample = (weights: Float64Array, picked: Uint32Array, random: () => number) => void;

export const resamplingSchemes: Readonly<Record<ResamplingScheme, Resample>> = {
  multinomial: (weights, picked, random) => pickAtRandom(weights, picked, 0, random),

  residual: (weights, picked, random) => {
    const draws = picked.length;
    const total = weights.reduce((sum, weight) => sum + weight);
    const residuals = new Float64Array(weights.length);
    let filled = 0;
    for (let k = 0; k < weights.length; k++) {
      const expected = (draws * weights[k]!) / total;
      const copies = Math.floor(expected);
      residuals[k] = expected - copies;
      picked.fill(k, filled, filled + copies);
      filled += copies;
    }
    if (filled < draws) pickAtRandom(residuals, picked, filled, random);
  },

  stratified: (weights, picked, random) => pickInStrata(weights, picked, () => 1 - random()),

  systematic: (weights, picked, random) => {
    const u = 1 - random();
    pickInStrata(weights, picked, () => u);
  },
};

/** Point number d lies at the d-th of equal parts of the weights, at the place in (0, 1] of that part that it is told. */
function pickInStrata(weights: Float64Array, picked: Uint32Array, placeInPart: () => number): void {
  const sums = cumulativeSums(weights);
  const total = sums[sums.length - 1]!;
  const draws = picked.length;
  let k = 0;
  for (let d = 0; d < draws; d++) {
    // In (0, total], so that neither end is passed and a weight of 0 is passed over.
    const point = ((d + placeInPart()) / draws) * total;
    while (sums[k]! < point) k++;
    picked[d] = k;
  }
}

/** Independent picks from place `from` on, uniform number k for pick number k, by inversion with a guide table: O(1) expected each. */
function pickAtRandom(weights: Float64Array, picked: Uint32Array, from: number, random: () => number): void {
  const sums = cumulativeSums(weights);
  const { length } = sums;
  const total = sums[length - 1]!;
  const guide = new Uint32Array(length + 1);
  for (let part = 0, k = 0; part <= length; part++) {
    while (sums[k]! < (part / length) * total) k++;
    guide[part] = k;
  }
  for (let d = from; d < picked.length; d++) {
    const u = 1 - random();
    const point = u * total;
    let k = guide[Math.floor(u * length)]!;
    // The guide may be one too far by rounding.
    while (k > 0 && sums[k - 1]! >= point) k--;
    while (sums[k]! < point) k++;
    picked[d] = k;
  }
}

function cumulativeSums(weights: Float64Array): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let k = 0; k < sums.length; k++) {
    sum += weights[k]!;
    sums[k] = sum;
  }
  return sums;
}
