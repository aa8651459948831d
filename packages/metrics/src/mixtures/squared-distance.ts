/**
 * The squared Euclidean distance between row i of a and row k of b.
 *
 * @internal
 */
export function squaredDistance(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  k: number,
  dimensions: number,
): number {
  let sum = 0;
  for (let axis = 0; axis < dimensions; axis++) {
    const difference = a[i * dimensions + axis]! - b[k * dimensions + axis]!;
    sum += difference * difference;
  }
  return sum;
}
