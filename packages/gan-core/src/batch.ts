/** Samples as one flat array; the first entry of `shape` counts them. */
export interface ArrayBatch {
  /** The numbers, row-major. */
  readonly data: Float32Array | Float64Array | Uint8Array;
  /** The number of samples, then the lengths of what a sample holds. */
  readonly shape: readonly number[];
}
