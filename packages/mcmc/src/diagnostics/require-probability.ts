/** A probability, from 0 to 1. */
export function requireProbability(caller: string, argument: string, value: number): void {
  if (!(typeof value === "number" && value >= 0 && value <= 1)) {
    throw new RangeError(`${caller}: ${argument} must be in [0, 1], got ${String(value)}`);
  }
}
