// What arguments must be. Each check names the function and the argument, says what was needed and what came.

/** A safe integer from 1. */
export function requirePositiveCount(caller: string, argument: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new RangeError(`${caller}: ${argument} must be an integer from 1, got ${String(value)}`);
  }
}

/** A finite number above 0. */
export function requirePositive(caller: string, argument: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${caller}: ${argument} must be positive and finite, got ${String(value)}`);
  }
}

/** One of a few words. */
export function requireOneOf(
  caller: string,
  argument: string,
  value: unknown,
  choices: readonly string[],
): void {
  if (!choices.includes(value as string)) {
    throw new RangeError(`${caller}: ${argument} must be one of ${choices.join(", ")}, got ${String(value)}`);
  }
}
