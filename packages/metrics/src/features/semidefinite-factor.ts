/** Rows g with Σ gᵀg = C: a matrix G of `rank` × d with GᵀG = C. */
export interface SemidefiniteFactor {
  readonly rows: Float64Array;
  readonly rank: number;
}

/** An entry that is left beyond the rank must be below this, relative to the largest variance: rounding is, no other sign. */
const INDEFINITE = 1e-6;

/**
 * Factors a symmetric positive semidefinite matrix of any rank, by Cholesky's method with pivots.
 *
 * It stops where all that is left is rounding. So a covariance of n < d rows gives n − 1 rows, and none made of noise, whose
 * square roots would be 10⁸ times the rounding. O(rank² · d).
 *
 * @param matrix - row-major d × d.
 * @returns undefined if the matrix has a negative eigenvalue.
 * @see Higham (2002), Accuracy and stability of numerical algorithms, section 10.3.
 * @internal
 */
export function semidefiniteFactor(matrix: ArrayLike<number>, d: number): SemidefiniteFactor | undefined {
  const left = Float64Array.from({ length: d }, (_, i) => matrix[i * d + i]!);
  const largest = Math.max(0, left[indexOfLargest(left)]!);
  const rows = new Float64Array(d * d);
  const used = new Uint8Array(d);

  /** Writes row `pivot` of what is left of the matrix to row `rank`. */
  const leftover = (pivot: number, rank: number): Float64Array => {
    const row = rows.subarray(rank * d, (rank + 1) * d);
    for (let j = 0; j < d; j++) row[j] = matrix[pivot * d + j]!;
    for (let k = 0; k < rank; k++) {
      const factor = rows[k * d + pivot]!;
      for (let j = 0, at = k * d; j < d; j++, at++) row[j]! -= factor * rows[at]!;
    }
    return row;
  };

  let rank = 0;
  for (; rank < d; rank++) {
    const pivot = indexOfLargest(left);
    const square = left[pivot]!;
    if (square <= d * Number.EPSILON * largest) break;
    const row = leftover(pivot, rank);
    const root = Math.sqrt(square);
    for (let j = 0; j < d; j++) {
      // Exact zeros, where rounding would leave something.
      row[j] = used[j] ? 0 : row[j]! / root;
      left[j]! -= row[j]! * row[j]!;
    }
    row[pivot] = root;
    used[pivot] = 1;
    left[pivot] = 0;
  }
  for (let i = 0; i < d; i++) {
    if (used[i]) continue;
    const row = leftover(i, rank);
    for (let j = 0; j < d; j++) {
      if (!used[j] && Math.abs(row[j]!) > INDEFINITE * largest) return undefined;
    }
  }
  return { rows: rows.subarray(0, rank * d), rank };
}

function indexOfLargest(values: Float64Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i;
  return at;
}
