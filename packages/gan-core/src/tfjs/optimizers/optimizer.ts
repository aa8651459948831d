import type { NamedTensorMap } from "@tensorflow/tfjs-core";

/**
 * What an optimizer has to keep to go on with the same bits: plain data. Slots hold one array for each variable, in the order in
 * which the variables first had gradients.
 */
export interface OptimizerState {
  readonly step: number;
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
  getState(): Promise<OptimizerState>;
  /** Continues from a state. Slots meet variables by order, since tfjs names differ between processes. */
  setState(state: OptimizerState): void;
  dispose(): void;
}
