/** A file of a saved model is not what it must be. Nothing of the model was kept. */
export class ModelFileError extends Error {
  /** The name of the class. */
  override readonly name = "ModelFileError";
  /** Name, path or address of the file. */
  readonly file: string;
  /** What is wrong with it. */
  readonly reason: string;

  /** Words the message from what the error carries. */
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.file = file;
    this.reason = reason;
  }
}
