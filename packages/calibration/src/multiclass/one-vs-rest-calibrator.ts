import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { toClassRows } from "./class-rows.ts";

/** The JSON form of a {@link OneVsRestCalibrator}. */
export interface OneVsRestJSON extends CalibratorJSON {
  readonly kind: "one-vs-rest";
  /** One for each of k ≥ 2 classes, each in its own JSON form. */
  readonly calibrators: readonly CalibratorJSON[];
}

/**
 * A calibrator for each class, whose probabilities are made to add up to 1, as `fitOneVsRest` and `oneVsRestFromJSON` return it. No
 * `Calibrator`: that has two classes and one score per row.
 */
export class OneVsRestCalibrator {
  /** Which calibrator it is, as its JSON form says. */
  readonly kind: "one-vs-rest" = "one-vs-rest";
  /** Length k ≥ 2: for each class, of its own scores. */
  readonly calibrators: readonly Calibrator[];

  /** @internal */
  constructor(calibrators: readonly Calibrator[]) {
    this.calibrators = calibrators;
  }

  /** k, the number of scores in a row. */
  get classes(): number {
    return this.calibrators.length;
  }

  /**
   * Probabilities of the classes, row by row: n × k, like the scores. Every row adds up to 1; where all classes are given 0, each gets
   * 1/k.
   *
   * @param scores - n × k, row-major, finite.
   * @throws {RangeError} if a score is not finite, or the last row is not full.
   * @throws what any of the calibrators throws.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    const { classes } = this;
    const rows = toClassRows("predict", "scores", scores, classes);
    const result = new Float64Array(rows.length);
    this.calibrators.forEach((calibrator, label) => {
      const predicted = calibrator.predict(columnOf(rows, label, classes));
      for (let row = 0; row < predicted.length; row++) result[row * classes + label] = predicted[row]!;
    });
    for (let start = 0; start < result.length; start += classes) {
      let sum = 0;
      for (let i = start; i < start + classes; i++) sum += result[i]!;
      for (let i = start; i < start + classes; i++) result[i] = sum === 0 ? 1 / classes : result[i]! / sum;
    }
    return result;
  }

  /** The calibrator as plain data, which `oneVsRestFromJSON` reads. */
  toJSON(): OneVsRestJSON {
    const { kind, calibrators } = this;
    return { version: 1, kind, calibrators: calibrators.map((calibrator) => calibrator.toJSON()) };
  }
}

/** @internal One column of rows of a length. */
export function columnOf(rows: Float64Array, column: number, length: number): Float64Array {
  const result = new Float64Array(rows.length / length);
  for (let row = 0; row < result.length; row++) result[row] = rows[row * length + column]!;
  return result;
}
