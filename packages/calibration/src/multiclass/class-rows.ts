import { describe, toFinite } from "../checks.ts";

/** Refuses what is no number of classes. */
export function checkClasses(caller: string, classes: unknown): asserts classes is number {
  if (!(Number.isSafeInteger(classes) && (classes as number) >= 2)) {
    throw new RangeError(`${caller}: classes must be an integer from 2, got ${describe(classes)}`);
  }
}

/** Finite numbers that fill rows, one number for each class. */
export function toClassRows(
  caller: string,
  name: string,
  values: ArrayLike<number>,
  classes: number,
): Float64Array {
  const rows = toFinite(caller, name, values);
  if (rows.length % classes !== 0) {
    throw new RangeError(
      `${caller}: ${name} must fill rows of ${classes} classes, got length ${rows.length}`,
    );
  }
  return rows;
}

/** The class of each of n rows, an integer from 0. */
export function toClasses(
  caller: string,
  labels: ArrayLike<number>,
  other: string,
  n: number,
  classes: number,
): Float64Array {
  const y = toFinite(caller, "labels", labels);
  if (y.length !== n) {
    throw new RangeError(
      `${caller}: labels must have one element per row of ${other} (${n}), got ${y.length}`,
    );
  }
  for (let i = 0; i < n; i++) {
    const label = y[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(
        `${caller}: labels must be integers from 0 to ${classes - 1}, got ${label} at index ${i}`,
      );
    }
  }
  return y;
}
