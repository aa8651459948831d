import { type MomentOptions, momentOptimizer } from "./moment-optimizer.ts";
import type { Optimizer } from "./optimizer.ts";

/** Options of {@link rectifiedAdam}: the defaults of the betas are 0.9 and 0.999, of epsilon 1e-8. */
export type RectifiedAdamOptions = MomentOptions;

/** Below this many effective gradients the second moment is too noisy to divide by. The paper needs more than 4; its code uses 5. */
const fewest = 5;

/**
 * Rectified Adam (RAdam): Adam whose first steps are shortened by how noisy the second moment still is, so that it needs no warm-up.
 *
 * While that moment is a mean of 5 effective gradients or fewer, a step is one of momentum alone, with bias correction. As in the
 * authors' code, epsilon is added to the root before its bias correction.
 *
 * @throws {RangeError} if an option is out of range.
 * @see Liu, Jiang, He, Chen, Liu, Gao and Han, "On the variance of the adaptive learning rate and beyond", ICLR 2020, algorithm 2.
 */
export function rectifiedAdam(options: RectifiedAdamOptions = {}): Optimizer {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const all = { learningRate, beta1, beta2, epsilon, weightDecay };
  const longest = 2 / (1 - beta2) - 1;
  return momentOptimizer("rectifiedAdam", all, (step, rate) => {
    const remaining = 1 - beta2 ** step;
    const length = longest - (2 * step * beta2 ** step) / remaining;
    const momentum = rate / (1 - beta1 ** step);
    // A root scaled to 0 plus 1: the division is one by 1.
    if (!(length > fewest)) return { stepSize: momentum, rootScale: 0, epsilon: 1 };
    const rectification = Math.sqrt(
      ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length),
    );
    return { stepSize: momentum * rectification * Math.sqrt(remaining), rootScale: 1, epsilon };
  });
}
