import { type AdamFactors, adamUpdate } from "./adam-update.ts";
import type { Optimizer } from "./optimizer.ts";
import { requireStep, variableSlots } from "./variable-slots.ts";
import { registeredVariable } from "./variable-values.ts";

/** Options that Adam and its relatives share. */
export interface MomentOptions {
  /** Step size alpha. Default 0.001. */
  readonly learningRate?: number;
  /** Decay of the mean of gradients, in [0, 1). */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1). */
  readonly beta2?: number;
  /** Added to the root of the second moment. */
  readonly epsilon?: number;
  /**
   * Decoupled weight decay: each step first takes this share, times the learning rate, off the weights. Default 0.
   * See Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2.
   */
  readonly weightDecay?: number;
}

/**
 * An optimizer that keeps running means of gradients and squared gradients; only the numbers of each step tell one from another.
 *
 * @param factorsAt - the numbers of step 1, 2, … at the present learning rate.
 */
export function momentOptimizer(
  caller: string,
  options: Required<MomentOptions>,
  factorsAt: (step: number, learningRate: number) => Omit<AdamFactors, "beta1" | "beta2" | "decay">,
): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = options;
  const requireAtLeastZero = (name: string, value: number): void => {
    if (!(value >= 0)) throw new RangeError(`${caller}: ${name} must be at least 0, got ${value}`);
  };
  requireAtLeastZero("learningRate", options.learningRate);
  if (!(beta1 >= 0 && beta1 < 1)) throw new RangeError(`${caller}: beta1 must be in [0, 1), got ${beta1}`);
  if (!(beta2 >= 0 && beta2 < 1)) throw new RangeError(`${caller}: beta2 must be in [0, 1), got ${beta2}`);
  requireAtLeastZero("epsilon", epsilon);
  requireAtLeastZero("weightDecay", weightDecay);

  const moments = variableSlots(caller, ["first", "second"]);
  let step = 0;
  const optimizer: Optimizer = {
    learningRate: options.learningRate,

    applyGradients(gradients) {
      const pairs = Object.entries(gradients).map(([name, gradient]) => {
        const value = registeredVariable(caller, name);
        if (gradient.size !== value.size) {
          throw new RangeError(
            `${caller}: gradient of ${name} must have shape [${value.shape}], got [${gradient.shape}]`,
          );
        }
        return [value, gradient] as const;
      });
      step++;
      const { learningRate } = optimizer;
      const factors = { ...factorsAt(step, learningRate), beta1, beta2, decay: learningRate * weightDecay };
      for (const [value, gradient] of pairs) adamUpdate(value, gradient, moments.of(value), factors);
    },

    async getState() {
      return { step, slots: await moments.getState() };
    },

    setState(state) {
      requireStep(caller, state.step);
      moments.setState(state.slots);
      step = state.step;
    },

    dispose() {
      moments.dispose();
      step = 0;
    },
  };
  return optimizer;
}
