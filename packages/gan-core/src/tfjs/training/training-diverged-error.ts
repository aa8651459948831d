/** Training came to losses or weights that are no numbers and cannot go on. The models hold the last good weights again. */
export class TrainingDivergedError extends Error {
  /** The name of the class. */
  override readonly name = "TrainingDivergedError";
  /** The step at which it was seen. */
  readonly step: number;
  /** The step whose weights both models hold again: that of the last checkpoint, in a store or in memory. 0 is the start. */
  readonly restoredStep: number;

  /**
   * Words the message from what the error carries.
   *
   * @param what - what is not finite, and how: "the generator's loss must be finite, got NaN".
   */
  constructor(what: string, step: number, restoredStep: number) {
    super(
      `trainGan: ${what} at step ${step}; both models hold their weights of step ${restoredStep} again; try a lower learningRate`,
    );
    this.step = step;
    this.restoredStep = restoredStep;
  }
}
