import { centralizedGradients } from "./centralized-gradients.ts";
import { type LookaheadOptions, lookahead } from "./lookahead.ts";
import type { Optimizer } from "./optimizer.ts";
import { type RectifiedAdamOptions, rectifiedAdam } from "./rectified-adam.ts";

/** Options of {@link ranger}: the defaults of the betas are 0.95 and 0.999, of epsilon 1e-5. */
export interface RangerOptions extends RectifiedAdamOptions, LookaheadOptions {}

/**
 * Ranger: rectified Adam on centralised gradients, with lookahead.
 *
 * @throws {RangeError} if an option is out of range.
 * @see Wright, "Ranger deep learning optimizer", 2019 (version 20.4.11); Wright and Demeure, "Ranger21", 2021, section 2.
 * @example
 * const optimizer = ranger({ learningRate: 1e-3 });
 */
export function ranger(options: RangerOptions = {}): Optimizer {
  const { period, slowStep, beta1 = 0.95, epsilon = 1e-5, ...others } = options;
  const rectified = rectifiedAdam({ ...others, beta1, epsilon });
  return lookahead(centralizedGradients(rectified), {
    ...(period !== undefined && { period }),
    ...(slowStep !== undefined && { slowStep }),
  });
}
