import { requirePositiveCount, requireRows } from "../requirements.ts";

/** Feature vectors of samples: one row for each sample, as an embedding network or the data themselves give them. */
export interface Features {
  /** The numbers, row-major, finite: rows · columns of them. Never written to. */
  readonly data: ArrayLike<number>;
  /** `[rows, columns]`: how many samples, and how many numbers for each. */
  readonly shape: readonly number[];
}

/**
 * Checks that features are a matrix of finite numbers with at least so many rows.
 *
 * @internal
 */
export function requireFeatures(caller: string, argument: string, features: Features, least: number): void {
  const { data, shape } = features;
  if (shape.length !== 2) {
    throw new RangeError(`${caller}: ${argument}.shape must be [rows, columns], got [${shape.join(", ")}]`);
  }
  const [rows, columns] = shape as [number, number];
  requirePositiveCount(caller, `${argument}.shape[0]`, rows);
  requirePositiveCount(caller, `${argument}.shape[1]`, columns);
  if (rows < least) {
    throw new RangeError(`${caller}: ${argument} must have at least ${least} rows, got ${rows}`);
  }
  if (data.length !== rows * columns) {
    throw new RangeError(
      `${caller}: ${argument}.data must hold ${rows} × ${columns} numbers, got ${data.length}`,
    );
  }
  requireRows(caller, `${argument}.data`, data, columns, 1);
}

/**
 * Checks two feature matrices and that their rows are vectors of one space.
 *
 * @internal
 */
export function requireFeaturePair(caller: string, real: Features, fake: Features, least: number): void {
  requireFeatures(caller, "real", real, least);
  requireFeatures(caller, "fake", fake, least);
  if (fake.shape[1] !== real.shape[1]) {
    throw new RangeError(
      `${caller}: fake must have as many columns as real, ${real.shape[1]}, got ${fake.shape[1]}`,
    );
  }
}
