import { describe, toNonEmpty } from "../checks.ts";

/** Checks and widens log odds, of which there must be some: any numbers, the infinities too, but NaN. */
export function toLogOdds(caller: string, values: ArrayLike<number>): Float64Array {
  // What is no array, or an empty one, is refused in the words that every other argument is.
  const isFilled = Number.isInteger(values?.length) && values.length > 0;
  if (!isFilled) return toNonEmpty(caller, "logOdds", values);
  const result = new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const value = values[i]!;
    if (typeof value !== "number") {
      throw new TypeError(`${caller}: logOdds must be numbers, got ${describe(value)} at index ${i}`);
    }
    if (Number.isNaN(value)) {
      throw new RangeError(`${caller}: logOdds must be numbers, finite or not, got NaN at index ${i}`);
    }
    result[i] = value;
  }
  return result;
}
