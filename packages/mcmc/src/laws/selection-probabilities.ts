import { SelectionLaw } from "./selection-law.ts";

/** The law of the draw of one Metropolis-Hastings chain over given proposals. */
export interface SelectionProbabilities {
  /** The probability of each proposal to be the state after the last step. */
  readonly probabilities: Float64Array;
  /** The probability that the start is still the state. */
  readonly startProbability: number;
  /** The expected acceptance rate. */
  readonly acceptanceRate: number;
}

/**
 * The exact probability of each proposal to be what `selectMetropolisHastings` picks, over its uniforms.
 *
 * With these as weights, an estimate uses all K proposals of a chain instead of one, and its variance cannot be larger
 * (Rao-Blackwell).
 *
 * @param logWeights - log weights of the K proposals, in the order of the chain. NaN is an error.
 * @param options - `initialLogWeight` of the start. Default −∞: the chain starts from the first proposal.
 * @returns Probabilities that sum to 1 with that of the start. O(K · s), with s the number of states that
 * survive at a time: about log K for independent proposals, K at worst (falling weights).
 * @see Casella and Robert, "Rao-Blackwellisation of sampling schemes", Biometrika 83 (1996), section 4; the exact law over
 * K proposals is that of the MH-GAN authors' code.
 * @example
 * ```ts
 * import { selectionProbabilities } from "@mhgan/mcmc";
 * const { probabilities } = selectionProbabilities([Math.log(4), Math.log(1), Math.log(2)]);
 * Array.from(probabilities); // ≈ [0.375, 0, 0.625]
 * ```
 */
export function selectionProbabilities(
  logWeights: ArrayLike<number>,
  options: { readonly initialLogWeight?: number } = {},
): SelectionProbabilities {
  const length = logWeights.length;
  const law = new SelectionLaw("selectionProbabilities", options.initialLogWeight ?? -Infinity, length);
  let accepted = 0;
  for (let k = 0; k < length; k++) accepted += law.step(logWeights[k]!);
  const probabilities = new Float64Array(length);
  let startProbability = 0;
  for (let i = 0; i < law.size; i++) {
    const state = law.states[i]!;
    if (state === -1) startProbability = law.probabilities[i]!;
    else probabilities[state] = law.probabilities[i]!;
  }
  return { probabilities, startProbability, acceptanceRate: length === 0 ? 0 : accepted / length };
}
