/** Ways to read scores as probabilities: as they are, and after calibration. */
export const calibrators = ["identity", "platt", "isotonic"] as const;

/** One discriminator with one calibrator. */
export interface AcceptanceFigures {
  readonly discriminator: string;
  readonly calibrator: (typeof calibrators)[number];
  readonly measured: number;
  readonly measuredError: number;
  /** From the weights of the generated samples alone. */
  readonly foretold: number;
  /** 2(1 − AUC). */
  readonly byAuc: number;
  readonly byAucError: number;
  /** Dawid's Z. */
  readonly z: number;
}
