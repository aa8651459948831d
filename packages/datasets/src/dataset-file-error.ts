/** Why a file could not be used. */
export type DatasetFileProblem =
  | "missing"
  | "unreadable"
  | "unwritable"
  | "too-large"
  | "corrupt"
  | "unexpected";

/** A file of a data set is missing or is not what it should be. The message is one sentence that names the file. */
export class DatasetFileError extends Error {
  /** The name of the class. */
  override readonly name: string = "DatasetFileError";
  /** The file, or the address it came from. */
  readonly path: string;
  /**
   * `missing`: not there. `unreadable`, `unwritable`: the system refused. `too-large`: above the bound. `corrupt`: damaged or cut off.
   * `unexpected`: sound, but other content than it should have.
   */
  readonly problem: DatasetFileProblem;

  /** Takes the message as it is, and what else the error carries. */
  constructor(message: string, fields: { path: string; problem: DatasetFileProblem; cause?: unknown }) {
    super(message, { cause: fields.cause });
    this.path = fields.path;
    this.problem = fields.problem;
  }
}
