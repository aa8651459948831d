import type { Variable } from "@tensorflow/tfjs-core";
import { copyOf, copyValues, moveTowards, readValues, variableFrom } from "./variable-values.ts";

/** Running means of the weights of a model, made by {@link weightAverage}. */
export interface WeightAverage {
  /** Moves the averages towards the variables' present values. Call it after every training step. */
  update(): void;
  /** Writes the averages into variables of the same shapes, in the same order. */
  copyTo(targets: readonly Variable[]): void;
  /** The averages, in the order of the variables. */
  getState(): Promise<readonly Float32Array[]>;
  /** Continues from averages that `getState` gave, in the order of the variables. */
  setState(averages: readonly Float32Array[]): void;
  /** Frees the averages. The variables are not touched. */
  dispose(): void;
}

/**
 * Exponential moving average of weights: average = decay * average + (1 - decay) * weight, starting at the weights.
 *
 * The averaged generator of a GAN oscillates less than the trained one and usually makes better samples.
 *
 * @param variables - those of the model, in an order that stays.
 * @param decay - in [0, 1); the average remembers some 1 / (1 - decay) updates.
 * @throws {RangeError} if decay is out of range.
 * @see Yazici et al. (2019), "The unusual effectiveness of averaging in GAN training".
 */
export function weightAverage(
  variables: readonly Variable[],
  { decay = 0.999 }: { decay?: number } = {},
): WeightAverage {
  if (!(decay >= 0 && decay < 1))
    throw new RangeError(`weightAverage: decay must be in [0, 1), got ${decay}`);
  const averages = variables.map(copyOf);

  return {
    update() {
      variables.forEach((variable, i) => {
        moveTowards(averages[i]!, variable, 1 - decay);
      });
    },

    copyTo(targets) {
      requireShapes(
        "copyTo",
        targets.map((target) => target.size),
        averages,
      );
      targets.forEach((target, i) => {
        copyValues(averages[i]!, target);
      });
    },

    async getState() {
      return Promise.all(averages.map(readValues));
    },

    setState(state) {
      requireShapes(
        "setState",
        state.map((values) => values.length),
        averages,
      );
      averages.forEach((average, i) => {
        const given = variableFrom(state[i]!, average.shape);
        average.assign(given);
        given.dispose();
      });
    },

    dispose() {
      for (const average of averages) average.dispose();
    },
  };
}

function requireShapes(name: string, sizes: readonly number[], averages: readonly Variable[]): void {
  const expected = averages.map((average) => average.size);
  if (sizes.join() !== expected.join()) {
    throw new RangeError(
      `weightAverage: ${name} must get arrays of ${expected.join(", ")} values, got ${sizes.join(", ")}`,
    );
  }
}
