/**
 * The linearly interpolated quantile (type 7) of ascending values, NaN if there are none; in numpy's order of
 * operations, so that a quantile that falls on a value equals it.
 *
 * @see Hyndman and Fan (1996), "Sample quantiles in statistical packages", definition 7.
 */
export function quantile(sorted: Float64Array, level: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * level;
  const index = Math.floor(position);
  const below = sorted[index]!;
  const above = sorted[Math.min(index + 1, sorted.length - 1)]!;
  const share = position - index;
  return share < 0.5 ? below + (above - below) * share : above - (above - below) * (1 - share);
}
