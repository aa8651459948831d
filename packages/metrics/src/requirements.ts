// What arguments must be. Each check names the function and the argument, says what was needed and what came.

/** A safe integer from 1. */
export function requirePositiveCount(caller: string, argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${caller}: ${argument} must be a safe integer from 1, got ${String(value)}`);
  }
}

/** A number above 0; Infinity is one. */
export function requirePositive(caller: string, argument: string, value: number): void {
  if (!(value > 0)) {
    throw new RangeError(`${caller}: ${argument} must be positive, got ${String(value)}`);
  }
}

/** As many values as there are of something else. */
export function requireLength(
  caller: string,
  argument: string,
  values: ArrayLike<number>,
  length: number,
): void {
  if (values.length !== length) {
    throw new RangeError(`${caller}: ${argument} must be ${length} long, got ${values.length}`);
  }
}

/** Finite numbers, `dimensions` for each row, and at least so many rows; gives their number. */
export function requireRows(
  caller: string,
  argument: string,
  values: ArrayLike<number>,
  dimensions: number,
  least: number,
): number {
  const rows = values.length / dimensions;
  if (!Number.isInteger(rows) || rows < least) {
    const atLeast = least > 0 ? `at least ${least} ${least === 1 ? "row" : "rows"} and ` : "";
    throw new RangeError(
      `${caller}: ${argument} must hold ${atLeast}${dimensions} numbers for each row, got ${values.length} numbers`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${caller}: ${argument}[${i}] must be finite, got ${String(values[i])}`);
    }
  }
  return rows;
}

/** Numbers from 0 whose sum is positive and finite; gives the sum. */
export function requireMasses(caller: string, argument: string, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0)) {
      throw new RangeError(`${caller}: ${argument}[${i}] must not be negative, got ${String(value)}`);
    }
    sum += value;
  }
  if (!(sum > 0 && sum < Infinity)) {
    throw new RangeError(`${caller}: the sum of ${argument} must be positive and finite, got ${sum}`);
  }
  return sum;
}

/** A number strictly between 0 and 1. */
export function requireProperShare(caller: string, argument: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`${caller}: ${argument} must be in (0, 1), got ${String(value)}`);
  }
}

/** A source of uniform random numbers. */
export function requireRandom(caller: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new TypeError(
      `${caller}: random must be a function that gives numbers in [0, 1), got ${typeof value}`,
    );
  }
}
