/**
 * Neighbouring integers from 0 to `limit`, of which the upper is enough and the lower is not, where more never is worse. 0 is taken not to
 * be enough; where `limit` is not either, both are `limit`.
 */
export function bracket(isEnough: (size: number) => boolean, limit: number): [low: number, high: number] {
  let low = 0;
  let high = 1;
  while (!isEnough(high)) {
    low = high;
    if (high >= limit) return [high, high];
    high = Math.min(2 * high, limit);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return [low, high];
}
