/**
 * The lower triangular L with L·Lᵀ equal to a matrix, row-major with zeros above the diagonal; `undefined` unless the
 * matrix is finite, symmetric (to rounding) and positive definite. O(d³).
 */
export function choleskyRoot(matrix: Float64Array, d: number): Float64Array | undefined {
  const root = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      const value = matrix[i * d + j]!;
      const scale = Math.sqrt(Math.abs(matrix[i * d + i]! * matrix[j * d + j]!));
      if (!(Math.abs(value - matrix[j * d + i]!) <= 1e-12 * scale)) return undefined;
      let rest = value;
      for (let k = 0; k < j; k++) rest -= root[i * d + k]! * root[j * d + k]!;
      if (i === j && !(rest > 0 && rest < Infinity)) return undefined;
      root[i * d + j] = i === j ? Math.sqrt(rest) : rest / root[j * d + j]!;
    }
  }
  return root;
}

/** One coordinate of L·vector. */
export function rowProduct(root: Float64Array, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k <= row; k++) sum += root[row * vector.length + k]! * vector[k]!;
  return sum;
}

/**
 * One coordinate of the solution y of L·y = vector, which takes the place of that coordinate of the vector: for rows in ascending order.
 */
export function solveRow(root: Float64Array, row: number, vector: Float64Array): number {
  let rest = vector[row]!;
  for (let k = 0; k < row; k++) rest -= root[row * vector.length + k]! * vector[k]!;
  const solution = rest / root[row * vector.length + row]!;
  vector[row] = solution;
  return solution;
}
