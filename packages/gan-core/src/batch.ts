/** Samples as one flat array; the first entry of `shape` counts them. */
export interface ArrayBatch {
  readonly data: Float32Array | Float64Array | Uint8Array;
  readonly shape: readonly number[];
}
