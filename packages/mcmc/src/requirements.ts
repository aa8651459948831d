// What arguments must be. Each check names the function and the argument, says what was needed and what came.

/** A safe integer from 0. */
export function requireCount(caller: string, argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${caller}: ${argument} must be a safe integer from 0, got ${String(value)}`);
  }
}

/** A safe integer from 1. */
export function requirePositiveCount(caller: string, argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${caller}: ${argument} must be a safe integer from 1, got ${String(value)}`);
  }
}

/** A log weight: a number, −∞ and +∞ included, but not NaN. */
export function requireLogWeight(caller: string, argument: string, value: number): void {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new RangeError(`${caller}: ${argument} must be a number or ±Infinity, got ${String(value)}`);
  }
}

/** One of a few words. */
export function requireOneOf(
  caller: string,
  argument: string,
  value: string,
  choices: readonly string[],
): void {
  if (!choices.includes(value)) {
    throw new RangeError(`${caller}: ${argument} must be one of ${choices.join(", ")}, got ${String(value)}`);
  }
}
