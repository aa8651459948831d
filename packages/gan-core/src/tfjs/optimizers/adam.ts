import { engine, type Variable } from "@tensorflow/tfjs-core";
import { type AdamFactors, type AdamMoments, adamUpdate } from "./adam-update.ts";
import type { Optimizer, OptimizerState } from "./optimizer.ts";
import { readValues, variableFrom } from "./variable-values.ts";

export interface AdamOptions {
  /** Step size alpha. Default 0.001. */
  readonly learningRate?: number;
  /** Decay of the mean of gradients, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * Adam with bias correction.
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
export function adam({
  learningRate = 0.001,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: AdamOptions = {}): Optimizer {
  if (!(learningRate >= 0))
    throw new RangeError(`adam: learningRate must be at least 0, got ${learningRate}`);
  if (!(beta1 >= 0 && beta1 < 1)) throw new RangeError(`adam: beta1 must be in [0, 1), got ${beta1}`);
  if (!(beta2 >= 0 && beta2 < 1)) throw new RangeError(`adam: beta2 must be in [0, 1), got ${beta2}`);
  if (!(epsilon >= 0)) throw new RangeError(`adam: epsilon must be at least 0, got ${epsilon}`);

  const moments = new Map<string, AdamMoments>();
  /** Moments given by setState that no variable has claimed yet. */
  let unclaimed: { readonly first: Float32Array; readonly second: Float32Array }[] = [];
  let step = 0;

  const momentsOf = (name: string, value: Variable): AdamMoments => {
    const known = moments.get(name);
    if (known !== undefined) return known;
    const [given, ...others] = unclaimed;
    if (given !== undefined && (given.first.length !== value.size || given.second.length !== value.size)) {
      throw new RangeError(
        `adam: moments of ${name} must have ${value.size} values, got ${given.first.length}`,
      );
    }
    unclaimed = others;
    const created = {
      first: variableFrom(given?.first, value.shape),
      second: variableFrom(given?.second, value.shape),
    };
    moments.set(name, created);
    return created;
  };

  const dispose = (): void => {
    for (const { first, second } of moments.values()) {
      first.dispose();
      second.dispose();
    }
    moments.clear();
    unclaimed = [];
    step = 0;
  };

  const optimizer: Optimizer = {
    learningRate,

    applyGradients(gradients) {
      step++;
      const factors: AdamFactors = {
        beta1,
        beta2,
        epsilon,
        // Both bias corrections folded into two factors: theta -= stepSize m / (sqrt(v) rootScale + epsilon).
        stepSize: optimizer.learningRate / (1 - beta1 ** step),
        rootScale: 1 / Math.sqrt(1 - beta2 ** step),
      };
      for (const [name, gradient] of Object.entries(gradients)) {
        const value = engine().registeredVariables[name];
        if (value === undefined)
          throw new RangeError(`adam: gradients must be named like variables, got "${name}"`);
        adamUpdate(value, gradient, momentsOf(name, value), factors);
      }
    },

    async getState() {
      const stored = [...moments.values()].map(async ({ first, second }) => ({
        first: await readValues(first),
        second: await readValues(second),
      }));
      const all = [...(await Promise.all(stored)), ...unclaimed];
      return {
        step,
        slots: { first: all.map(({ first }) => first), second: all.map(({ second }) => second) },
      };
    },

    setState(state: OptimizerState) {
      const { first, second } = state.slots;
      if (first === undefined || second?.length !== first.length) {
        throw new RangeError("adam: state must have the slots first and second, one array a variable each");
      }
      const names = [...moments.keys()];
      dispose();
      step = state.step;
      unclaimed = first.map((values, i) => ({ first: values, second: second[i]! }));
      for (const name of names) {
        const value = engine().registeredVariables[name];
        if (value !== undefined) momentsOf(name, value);
      }
    },

    dispose,
  };
  return optimizer;
}
