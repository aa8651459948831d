/** How a file is read. */
export interface ReadFileOptions {
  /** The largest size accepted, of the file and of its content. Default: 2³⁰. */
  readonly maxBytes?: number;
  /** Stops the reading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}
