import { type Rows, rowSize } from "../../batch-rows.ts";

/** What makes each column of some rows have mean 0 and standard deviation 1. */
export interface Standardisation {
  readonly means: Float32Array;
  /** One over the standard deviations; 0 for columns that are constant. */
  readonly scales: Float32Array;
}

/**
 * Finds the means and scales of columns over two sets of rows, each of which counts one half: a column that is constant in one of
 * them, as dead units of a network are, may still tell them apart.
 */
export function standardisationOf(real: Rows, fake: Rows): Standardisation {
  const width = rowSize(real.shape);
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  const both = [real, fake];
  for (const { data, shape } of both) {
    for (let i = 0; i < data.length; i++) means[i % width]! += data[i]! / (2 * shape[0]);
  }
  for (const { data, shape } of both) {
    for (let i = 0; i < data.length; i++) {
      const column = i % width;
      squares[column]! += (data[i]! - means[column]!) ** 2 / (2 * shape[0]);
    }
  }
  return {
    means: Float32Array.from(means),
    // Below single precision a spread is rounding.
    scales: Float32Array.from(squares, (square, column) =>
      square > (1e-6 * means[column]!) ** 2 ? 1 / Math.sqrt(square) : 0,
    ),
  };
}
