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

/** Checked rows of more than two classes. */
export interface LabelledRows {
  /** k ≥ 2. */
  readonly classes: number;
  /** n × k, row-major, n ≥ 1. */
  readonly rows: Float64Array;
  /** Length n: the class of each row, an integer from 0. */
  readonly labels: Float64Array;
}

/** Checks what every fit of more than two classes takes. */
export function toLabelledRows(
  caller: string,
  name: string,
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: unknown,
): LabelledRows {
  checkClasses(caller, classes);
  const rows = toClassRows(caller, name, values, classes);
  if (rows.length === 0) throw new RangeError(`${caller}: ${name} must not be empty, got length 0`);
  return { classes, rows, labels: toClasses(caller, labels, name, rows.length / classes, classes) };
}

function toClasses(
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
