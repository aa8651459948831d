/**
 * The coefficients c that minimise the log loss of sigmoid(row · c) plus penalty · |c|² / 2, by Newton's method.
 *
 * @param rows - as long as each other; one entry that is always 1 makes an intercept.
 */
export function fitLogisticRegression(
  rows: readonly Float64Array[],
  labels: readonly boolean[],
  penalty: number,
): Float64Array {
  const size = rows[0]!.length;
  const coefficients = new Float64Array(size);
  for (let step = 0; step < 12; step++) {
    const gradient = coefficients.map((c) => penalty * c);
    const curvature = Array.from({ length: size }, (_, j) => {
      const row = new Float64Array(size);
      row[j] = penalty;
      return row;
    });
    rows.forEach((row, i) => {
      let logit = 0;
      for (let j = 0; j < size; j++) logit += row[j]! * coefficients[j]!;
      const probability = 1 / (1 + Math.exp(-logit));
      const variance = probability * (1 - probability);
      for (let j = 0; j < size; j++) {
        gradient[j]! += (probability - Number(labels[i])) * row[j]!;
        const scaled = variance * row[j]!;
        const target = curvature[j]!;
        for (let k = 0; k <= j; k++) target[k]! += scaled * row[k]!;
      }
    });
    const change = solve(curvature, gradient);
    for (let j = 0; j < size; j++) coefficients[j]! -= change[j]!;
  }
  return coefficients;
}

/** The solution of a symmetric positive definite system, of which the lower triangle is given and overwritten, by Cholesky's factors. */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const dot = (a: Float64Array, b: Float64Array, length: number): number => {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += a[k]! * b[k]!;
    return sum;
  };
  const solution = right.slice();
  for (let i = 0; i < size; i++) {
    const row = lower[i]!;
    for (let j = 0; j < i; j++) row[j] = (row[j]! - dot(row, lower[j]!, j)) / lower[j]![j]!;
    row[i] = Math.sqrt(row[i]! - dot(row, row, i));
    solution[i] = (solution[i]! - dot(row, solution, i)) / row[i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i]! -= lower[k]![i]! * solution[k]!;
    solution[i]! /= lower[i]![i]!;
  }
  return solution;
}
