// What arguments must be. Each check names the function and the argument, says what was needed and what came.

/** A safe integer from `least`. */
export function requireCount(caller: string, argument: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${caller}: ${argument} must be a safe integer from ${least}, got ${String(value)}`);
  }
}

/** A finite number above 0. */
export function requirePositive(caller: string, argument: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${caller}: ${argument} must be positive and finite, got ${String(value)}`);
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

/** The content of a file. */
export function requireBytes(caller: string, value: unknown): void {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(
      `${caller}: bytes must be a Uint8Array, got ${value === null ? "null" : typeof value}`,
    );
  }
}
