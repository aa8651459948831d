/**
 * Refuses values that are no numbers.
 *
 * @throws {RangeError} if a value is NaN or not a number; the message says which.
 */
export function requireNumbers(caller: string, name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== "number" || Number.isNaN(values[i])) {
      throw new RangeError(`${caller}: ${name}[${i}] must be a number, got ${String(values[i])}`);
    }
  }
}

/**
 * Refuses a number that is not in a range.
 *
 * @throws {RangeError} if it is NaN or outside.
 */
export function requireWithin(
  caller: string,
  name: string,
  value: number,
  least: number,
  most: number,
): void {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${caller}: ${name} must be from ${least} to ${most}, got ${String(value)}`);
  }
}
