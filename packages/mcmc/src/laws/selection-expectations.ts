import { SelectionLaw } from "./selection-law.ts";

/** Options of {@link selectionExpectations}. */
export interface SelectionExpectationsOptions {
  /** Log weight of the start. */
  readonly initialLogWeight: number;
  /** The quantity at the start. */
  readonly initialValue: number;
}

/**
 * The expected value of a quantity at the state of one chain after 0, 1, …, K steps, exactly, over its uniforms: how a
 * statistic moves along the chain, without the noise of running it.
 *
 * @param logWeights - log weights of the K proposals. NaN is an error.
 * @param values - the quantity at each proposal; finite.
 * @returns K + 1 expectations; entry k is that after k steps. O(K · s) as `selectionProbabilities`.
 * @throws {RangeError} if a log weight is NaN or the arrays differ in length.
 * @example
 * ```ts
 * import { selectionExpectations } from "@mhgan/mcmc";
 * const start = { initialLogWeight: 0, initialValue: 10 };
 * selectionExpectations([Math.log(0.5), 0], [20, 30], start); // => [10, 15, 30]
 * ```
 */
export function selectionExpectations(
  logWeights: ArrayLike<number>,
  values: ArrayLike<number>,
  { initialLogWeight, initialValue }: SelectionExpectationsOptions,
): Float64Array {
  const length = logWeights.length;
  if (values.length !== length) {
    throw new RangeError(`selectionExpectations: values must have length ${length}, got ${values.length}`);
  }
  const law = new SelectionLaw("selectionExpectations", initialLogWeight, length);
  const expectations = new Float64Array(length + 1);
  expectations[0] = initialValue;
  for (let k = 0; k < length; k++) {
    law.step(logWeights[k]!);
    let sum = 0;
    for (let i = 0; i < law.size; i++) {
      const state = law.states[i]!;
      sum += law.probabilities[i]! * (state === -1 ? initialValue : values[state]!);
    }
    expectations[k + 1] = sum;
  }
  return expectations;
}
