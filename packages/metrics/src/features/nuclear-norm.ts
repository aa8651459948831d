/**
 * The sum of the singular values of a matrix.
 *
 * Householder reflections from both sides leave two diagonals (Golub and Kahan). Their singular values ±σ are the eigenvalues of
 * the symmetric tridiagonal matrix with a zero diagonal and the two interleaved beside it. Each is right to a few units in
 * the last place of the largest one; through eigenvalues of MᵀM half of the digits would be lost. No library: these
 * two steps are all that is needed of one. O(rows · columns²).
 *
 * @param matrix - row-major, with at least as many rows as columns. It is overwritten.
 * @see Golub and Van Loan, Matrix computations, sections 5.4.8, 8.3 and 8.6.
 * @internal
 */
export function nuclearNorm(matrix: Float64Array, rows: number, columns: number): number {
  let scale = 0;
  for (const value of matrix) scale = Math.max(scale, Math.abs(value));
  if (scale === 0) return 0;
  // No square of what matters can then over- or underflow.
  for (let i = 0; i < matrix.length; i++) matrix[i]! /= scale;
  const offDiagonal = bidiagonalise(matrix, rows, columns);
  const eigenvalues = new Float64Array(offDiagonal.length);
  diagonalise(eigenvalues, offDiagonal);
  let sum = 0;
  for (const value of eigenvalues) sum += Math.abs(value);
  return (scale * sum) / 2;
}

/** The diagonal d and superdiagonal e of a bidiagonal matrix with the same singular values: d₀ e₀ d₁ e₁ … dₙ₋₁ 0. */
function bidiagonalise(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const interleaved = new Float64Array(2 * columns);
  const left = new Float64Array(rows);
  const right = new Float64Array(columns);
  const products = new Float64Array(columns);
  for (let k = 0; k < columns; k++) {
    for (let i = k; i < rows; i++) left[i] = matrix[i * columns + k]!;
    interleaved[2 * k] = reflector(left, k, rows);
    if (k + 1 === columns) break;

    products.fill(0, k + 1);
    for (let i = k; i < rows; i++) {
      const factor = left[i]!;
      for (let j = k + 1, at = i * columns + j; j < columns; j++, at++) {
        products[j]! += factor * matrix[at]!;
      }
    }
    for (let j = k + 1; j < columns; j++) right[j] = matrix[k * columns + j]! - left[k]! * products[j]!;
    interleaved[2 * k + 1] = reflector(right, k + 1, columns);

    // Both reflections at once, so that each row passes through the cache only once.
    for (let i = k + 1; i < rows; i++) {
      const factor = left[i]!;
      let along = 0;
      for (let j = k + 1, at = i * columns + j; j < columns; j++, at++) {
        const value = matrix[at]! - factor * products[j]!;
        matrix[at] = value;
        along += value * right[j]!;
      }
      for (let j = k + 1, at = i * columns + j; j < columns; j++, at++) matrix[at]! -= along * right[j]!;
    }
  }
  return interleaved;
}

/**
 * Turns the vector x from `start` to `end` into v, of length √2, such that (I − v vᵀ) x is a multiple of the first axis, and gives
 * that multiple. What is zero beside the largest entry of the matrix, 1, becomes so: its squares have no digits.
 */
function reflector(vector: Float64Array, start: number, end: number): number {
  let square = 0;
  for (let i = start; i < end; i++) square += vector[i]! * vector[i]!;
  if (square < 1e-280) {
    vector.fill(0, start, end);
    return 0;
  }
  const first = vector[start]!;
  // Away from the first entry: nothing cancels.
  const target = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  // |x − target e|² = 2 (target² − target · first), so this makes it 2.
  const length = Math.sqrt(square - target * first);
  vector[start] = first - target;
  for (let i = start; i < end; i++) vector[i]! /= length;
  return target;
}

/**
 * Turns a symmetric tridiagonal matrix into its eigenvalues, in no order, by implicit QL steps with Wilkinson's shift. Entries
 * beside the diagonal are dropped when they are rounding of the largest.
 *
 * @param beside - `beside[i]` between `diagonal[i]` and `diagonal[i + 1]`; the last one is not used.
 */
function diagonalise(diagonal: Float64Array, beside: Float64Array): void {
  const count = diagonal.length;
  beside[count - 1] = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(diagonal[i]!), Math.abs(beside[i]!));
  const negligible = Number.EPSILON * largest;

  for (let first = 0; first < count; first++) {
    for (;;) {
      let last = first;
      while (Math.abs(beside[last]!) > negligible) last++;
      if (last === first) break;
      step(diagonal, beside, first, last);
    }
  }
}

/** One QL step on the rows `first` to `last`: a bulge enters at the end and is chased to the front by rotations. */
function step(diagonal: Float64Array, beside: Float64Array, first: number, last: number): void {
  const halfGap = (diagonal[first + 1]! - diagonal[first]!) / (2 * beside[first]!);
  const root = Math.sqrt(halfGap * halfGap + 1);
  const shift = diagonal[first]! - beside[first]! / (halfGap + (halfGap < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  let chased = diagonal[last]! - shift;
  for (let i = last - 1; i >= first; i--) {
    const bulge = sine * beside[i]!;
    const kept = cosine * beside[i]!;
    const radius = Math.sqrt(bulge * bulge + chased * chased);
    beside[i + 1] = radius;
    if (radius === 0) {
      // The matrix fell into two by itself.
      diagonal[i + 1]! -= carried;
      beside[last] = 0;
      return;
    }
    sine = bulge / radius;
    cosine = chased / radius;
    const below = diagonal[i + 1]! - carried;
    const turned = (diagonal[i]! - below) * sine + 2 * cosine * kept;
    carried = sine * turned;
    diagonal[i + 1] = below + carried;
    chased = cosine * turned - kept;
  }
  diagonal[first]! -= carried;
  beside[first] = chased;
  beside[last] = 0;
}
