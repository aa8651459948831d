import type { Optimizer } from "./optimizer.ts";
import { requireStep, variableSlots } from "./variable-slots.ts";
import { copyOf, copyValues, moveTowards, registeredVariable } from "./variable-values.ts";

/** Options of {@link lookahead}. */
export interface LookaheadOptions {
  /** Steps of the inner optimizer from one move of the slow weights to the next: k. Default 6. */
  readonly period?: number;
  /** How far the slow weights move towards the fast ones, in (0, 1]: alpha. Default 0.5. */
  readonly slowStep?: number;
}

/**
 * Lookahead around any optimizer: every `period` steps the weights go back to a point between where they are and where they were
 * the last time, which is remembered as the slow weights.
 *
 * The learning rate is the inner optimizer's, and so is the state, with one more slot, `slow`. It owns the inner optimizer.
 *
 * @param inner - takes the fast steps; disposed with the result.
 * @throws {RangeError} if an option is out of range.
 * @see Zhang, Lucas, Hinton and Ba, "Lookahead optimizer: k steps forward, 1 step back", NeurIPS 2019, algorithm 1.
 * @example
 * const optimizer = lookahead(adam({ learningRate: 2e-4 }), { period: 5 });
 */
export function lookahead(
  inner: Optimizer,
  { period = 6, slowStep = 0.5 }: LookaheadOptions = {},
): Optimizer {
  if (!(Number.isInteger(period) && period >= 1)) {
    throw new RangeError(`lookahead: period must be an integer from 1, got ${period}`);
  }
  if (!(slowStep > 0 && slowStep <= 1)) {
    throw new RangeError(`lookahead: slowStep must be in (0, 1], got ${slowStep}`);
  }
  const slowWeights = variableSlots("lookahead", ["slow"], copyOf);
  let step = 0;

  return {
    get learningRate() {
      return inner.learningRate;
    },
    set learningRate(rate) {
      inner.learningRate = rate;
    },

    applyGradients(gradients) {
      // Slow weights start where the fast ones are before their first step.
      for (const name of Object.keys(gradients)) slowWeights.of(registeredVariable("lookahead", name));
      inner.applyGradients(gradients);
      step++;
      if (step % period !== 0) return;
      for (const fast of slowWeights.variables()) {
        const { slow } = slowWeights.of(fast);
        moveTowards(slow, fast, slowStep);
        copyValues(slow, fast);
      }
    },

    async getState() {
      const [state, slots] = await Promise.all([inner.getState(), slowWeights.getState()]);
      if ("slow" in state.slots) throw new RangeError("lookahead: inner must not be a lookahead itself");
      if (state.step !== step) {
        throw new RangeError(
          `lookahead: inner must step with lookahead alone, got ${state.step} steps instead of ${step}`,
        );
      }
      return { step, slots: { ...state.slots, ...slots } };
    },

    setState(state) {
      requireStep("lookahead", state.step);
      const { slow, ...slots } = state.slots;
      inner.setState({ step: state.step, slots });
      slowWeights.setState(slow === undefined ? {} : { slow });
      step = state.step;
    },

    dispose() {
      inner.dispose();
      slowWeights.dispose();
      step = 0;
    },
  };
}
