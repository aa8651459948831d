/** The largest of some log weights; −∞ of none. Refuses NaN by its index. */
export function largestLogWeight(caller: string, logWeights: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let k = 0; k < logWeights.length; k++) {
    const logWeight = logWeights[k]!;
    if (logWeight > largest) largest = logWeight;
    else if (Number.isNaN(logWeight)) throwNaN(caller, k);
  }
  return largest;
}

/** A weight relative to another, from their logarithms. Equal infinities are equal weights. */
export function relativeWeight(logWeight: number, reference: number): number {
  return logWeight === reference ? 1 : Math.exp(logWeight - reference);
}

/** Refuses empty arrays. */
export function requireLogWeights(caller: string, logWeights: ArrayLike<number>): void {
  if (logWeights.length === 0) {
    throw new RangeError(`${caller}: logWeights must not be empty, got length 0`);
  }
}

export function throwNaN(caller: string, index: number): never {
  throw new RangeError(`${caller}: logWeights must not be NaN, got NaN at index ${index}`);
}

/** Refuses to go on without a bound of the weights. */
export function requireBound(caller: string, logWeightBound: number): void {
  if (logWeightBound === Infinity) {
    throw new RangeError(`${caller}: logWeightBound must be given: no weight may be above it, got none`);
  }
}

/** Refuses to go on without weights to learn from. */
export function requirePilots(
  caller: string,
  pilots: ArrayLike<number> | undefined,
): asserts pilots is ArrayLike<number> {
  if (pilots === undefined || pilots.length === 0) {
    throw new RangeError(
      `${caller}: pilotLogWeights must be given: weights to learn the rule from, got none`,
    );
  }
}
