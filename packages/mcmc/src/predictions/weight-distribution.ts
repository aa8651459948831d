/** Proposals as a distribution of weights: sorted, normalised to mean 1, with running sums. */
export interface WeightDistribution {
  /** Ascending weights p/q, each but once, mean 1 under the masses. Weights of 0 are left out. */
  readonly weights: Float64Array;
  /** The probability of each under q. Sums to 1 with the mass at 0. */
  readonly masses: Float64Array;
  /** The probability under q of a weight at most this one. */
  readonly below: Float64Array;
  /** The probability under p of a weight at most this one: the running sum of mass times weight. */
  readonly targetBelow: Float64Array;
  /** The probability that a chain in this state accepts the next proposal: 1 − λ. */
  readonly acceptance: Float64Array;
  /** log of the mean weight before it was made 1. */
  readonly logMean: number;
  /** The largest log weight as it was given. */
  readonly logMaximum: number;
  /** Mass under q at weight 0. */
  readonly massAtZero: number;
  /** How many proposals there are, if all have the same mass; Infinity for points of a quadrature. */
  readonly count: number;
}

/**
 * Sorts log weights of proposals into a {@link WeightDistribution}. O(n log n).
 *
 * @param masses - the probability of each proposal, for points of a quadrature; default: all alike.
 * @throws {RangeError} if there is no weight, one is NaN or +∞, all are −∞, or masses are off.
 */
export function weightDistribution(
  caller: string,
  logWeights: ArrayLike<number>,
  masses?: ArrayLike<number>,
): WeightDistribution {
  const count = logWeights.length;
  if (!(count > 0)) throw new RangeError(`${caller}: logWeights must hold at least one weight, got none`);
  if (masses !== undefined && masses.length !== count) {
    throw new RangeError(`${caller}: masses must have length ${count}, got ${masses.length}`);
  }
  let largest = -Infinity;
  let totalMass = 0;
  for (let i = 0; i < count; i++) {
    const logWeight = logWeights[i]!;
    const mass = masses === undefined ? 1 : masses[i]!;
    if (Number.isNaN(logWeight) || logWeight === Infinity) {
      throw new RangeError(
        `${caller}: logWeights must be finite or −Infinity, got ${logWeight} at index ${i}`,
      );
    }
    if (!(mass >= 0 && mass < Infinity)) {
      throw new RangeError(`${caller}: masses must be finite and not negative, got ${mass} at index ${i}`);
    }
    if (mass > 0 && logWeight > largest) largest = logWeight;
    totalMass += mass;
  }
  if (largest === -Infinity) {
    throw new RangeError(`${caller}: logWeights must hold a finite weight of positive mass, got none`);
  }

  const order = sortedOrder(logWeights, masses, largest);
  const distinct: number[] = [];
  const kept: number[] = [];
  let mean = 0;
  let keptMass = 0;
  for (const i of order) {
    const weight = Math.exp(logWeights[i]! - largest);
    const mass = (masses === undefined ? 1 : masses[i]!) / totalMass;
    if (weight === distinct.at(-1)) kept[kept.length - 1]! += mass;
    else {
      distinct.push(weight);
      kept.push(mass);
    }
    mean += mass * weight;
    keptMass += mass;
  }
  const size = distinct.length;
  const weights = Float64Array.from(distinct, (weight) => weight / mean);
  const massAtZero = Math.max(0, 1 - keptMass);
  const below = new Float64Array(size);
  const targetBelow = new Float64Array(size);
  let sum = massAtZero;
  let targetSum = 0;
  for (let i = 0; i < size; i++) {
    below[i] = sum += kept[i]!;
    targetBelow[i] = targetSum += kept[i]! * weights[i]!;
  }
  // 1 − λ = P_q(heavier) + P_p(at most as heavy) / w, summed from above so that it keeps its digits where λ is near 1.
  const acceptance = new Float64Array(size);
  let heavier = 0;
  for (let i = size - 1; i >= 0; i--) {
    acceptance[i] = Math.min(1, heavier + targetBelow[i]! / weights[i]!);
    heavier += kept[i]!;
  }
  return {
    weights,
    masses: Float64Array.from(kept),
    below,
    targetBelow,
    acceptance,
    logMean: Math.log(mean) + largest,
    logMaximum: largest,
    massAtZero,
    count: masses === undefined ? count : Infinity,
  };
}

/** Weights this far below the largest are 0 in double precision beside it. */
const NEGLIGIBLE = -740;

/** Indices of the weights that count, lightest first. */
function sortedOrder(
  logWeights: ArrayLike<number>,
  masses: ArrayLike<number> | undefined,
  largest: number,
): Uint32Array {
  const order: number[] = [];
  for (let i = 0; i < logWeights.length; i++) {
    if (logWeights[i]! - largest > NEGLIGIBLE && (masses === undefined || masses[i]! > 0)) order.push(i);
  }
  return Uint32Array.from(order).sort((a, b) => logWeights[a]! - logWeights[b]!);
}
