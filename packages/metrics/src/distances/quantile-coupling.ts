/**
 * The mean of |x − y|^order when the masses of a move to those of b in order of size, which costs least for every order
 * from 1 on.
 *
 * @param a - ascending, at least one number.
 * @param b - ascending, at least one number.
 * @param masses - of the numbers of a and of b, from 0, of about equal sums. Default: all numbers of a sample alike.
 * @internal
 */
export function quantileCouplingCost(
  a: Float64Array,
  b: Float64Array,
  order: number,
  masses?: readonly [Float64Array, Float64Array],
): number {
  // Without masses, each number of a weighs as much as b has numbers, and the other way round: whole, so nothing is rounded.
  const massOfA = masses ? (i: number) => masses[0][i]! : () => b.length;
  const massOfB = masses ? (j: number) => masses[1][j]! : () => a.length;
  let cost = 0;
  let moved = 0;
  let leftOfA = massOfA(0);
  let leftOfB = massOfB(0);
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const mass = Math.min(leftOfA, leftOfB);
    if (mass > 0) {
      const gap = Math.abs(a[i]! - b[j]!);
      cost += mass * (order === 1 ? gap : order === 2 ? gap * gap : gap ** order);
      moved += mass;
      leftOfA -= mass;
      leftOfB -= mass;
    }
    if (leftOfA === 0) leftOfA = massOfA(++i);
    else leftOfB = massOfB(++j);
  }
  return cost / moved;
}
