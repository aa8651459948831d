/** A data set is in none of the folders it was looked for in and could not be downloaded. The message says what to do. */
export class DatasetNotFoundError extends Error {
  /** The name of the class. */
  override readonly name: string = "DatasetNotFoundError";
  /** The folders without it. */
  readonly folders: readonly string[];
  /** What each address answered, in the order they were asked. Empty if the network was not used. */
  readonly downloads: readonly {
    /** The address. */
    readonly url: string;
    /** What it answered, or why it did not. */
    readonly reason: string;
  }[];

  /** Takes the message as it is, and what else the error carries. */
  constructor(
    message: string,
    fields: {
      folders: readonly string[];
      downloads: readonly { readonly url: string; readonly reason: string }[];
    },
  ) {
    super(message);
    this.folders = fields.folders;
    this.downloads = fields.downloads;
  }
}
