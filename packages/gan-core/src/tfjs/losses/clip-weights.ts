import { clipByValue, tidy, type Variable } from "@tensorflow/tfjs-core";

/**
 * Brings every weight into [−limit, limit], which bounds the slope of a Wasserstein critic. Call it after each critic step.
 *
 * A gradient penalty trains better; clipping needs no second derivatives, so it works with every layer.
 *
 * @param variables - changed in place.
 * @param limit - above 0; the paper uses 0.01.
 * @throws {RangeError} if the limit is not a positive finite number.
 * @see Arjovsky, Chintala and Bottou, "Wasserstein generative adversarial networks", ICML 2017, algorithm 1, line 7.
 */
export function clipWeights(variables: readonly Variable[], limit: number): void {
  if (!(limit > 0 && limit < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`clipWeights: limit must be positive and finite, got ${limit}`);
  }
  for (const variable of variables) tidy(() => variable.assign(clipByValue(variable, -limit, limit)));
}
