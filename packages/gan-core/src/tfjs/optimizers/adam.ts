import { type MomentOptions, momentOptimizer } from "./moment-optimizer.ts";
import type { Optimizer } from "./optimizer.ts";

/** Options of {@link adam}: the defaults of the betas are 0.9 and 0.999, of epsilon 1e-8. */
export type AdamOptions = MomentOptions;

/**
 * Adam with bias correction, and AdamW if `weightDecay` is given.
 *
 * The numbers are those of `tf.train.adam` up to rounding. It is its own object, not a `tf.Optimizer`, because on the
 * wasm backend it updates a variable and both moments in one pass over memory instead of some fifteen kernels, and
 * because its state is plain data.
 *
 * @throws {RangeError} if an option is out of range.
 * @see Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1.
 * @example
 * const optimizer = adam({ learningRate: 2e-4, beta1: 0.5 });
 * const { value, grads } = tf.variableGrads(() => loss(), variables);
 * optimizer.applyGradients(grads);
 * tf.dispose([value, grads]);
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const all = { learningRate, beta1, beta2, epsilon, weightDecay };
  // Both bias corrections are folded into two factors.
  return momentOptimizer("adam", all, (step, rate) => ({
    epsilon,
    stepSize: rate / (1 - beta1 ** step),
    rootScale: 1 / Math.sqrt(1 - beta2 ** step),
  }));
}
