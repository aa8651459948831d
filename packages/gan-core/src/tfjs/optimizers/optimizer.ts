import type { NamedTensorMap } from "@tensorflow/tfjs-core";

/**
 * What an optimizer has to keep to go on with the same bits: plain data. Slots hold one array for each variable, in the order in
 * which the variables first had gradients.
 */
export interface OptimizerState {
  /** Steps taken. */
  readonly step: number;
  /** The arrays of each slot, such as the running mean of the gradients, by its name. */
  readonly slots: Readonly<Record<string, readonly Float32Array[]>>;
}

/** Moves variables along their gradients. */
export interface Optimizer {
  /** May be set between steps, for schedules. */
  learningRate: number;
  /**
   * Takes one step. The gradients stay the caller's to dispose.
   * @param gradients - by variable name, as `tf.variableGrads` returns them.
   */
  applyGradients(gradients: NamedTensorMap): void;
  /** Copies what must be kept, while training may go on. */
  getState(): Promise<OptimizerState>;
  /** Continues from a state. Slots meet variables by order, since tfjs names differ between processes. */
  setState(state: OptimizerState): void;
  /** Frees the slots. The variables are not touched. */
  dispose(): void;
}
