/** A figure, and between what it may lie. */
export interface Interval {
  /** The figure. */
  readonly value: number;
  /** The lower end, not above `value`. */
  readonly low: number;
  /** The upper end, not below `value`. */
  readonly high: number;
}

/**
 * Refuses what cannot be drawn.
 *
 * @throws {RangeError} if a number is NaN, or the value lies outside its interval.
 */
export function requireInterval(caller: string, name: string, { value, low, high }: Interval): void {
  if (!(low <= value && value <= high)) {
    throw new RangeError(`${caller}: ${name} must be low ≤ value ≤ high, got ${low}, ${value}, ${high}`);
  }
}
