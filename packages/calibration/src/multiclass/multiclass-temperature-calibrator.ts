import type { CalibratorJSON } from "../calibrator.ts";
import { MAX_TEMPERATURE, MIN_TEMPERATURE } from "../parametric/inverse-temperature.ts";
import { toClassRows } from "./class-rows.ts";

/** The JSON form of a {@link MulticlassTemperatureCalibrator}. */
export interface MulticlassTemperatureJSON extends CalibratorJSON {
  readonly kind: "multiclass-temperature";
  /** k ≥ 2, the number of logits in a row. */
  readonly classes: number;
  /** What logits are divided by; above 0. */
  readonly temperature: number;
}

/**
 * The softmax of logits / temperature, as `fitMulticlassTemperature` and `multiclassTemperatureFromJSON` return it. No
 * `Calibrator`: that has two classes and one score per row.
 */
export class MulticlassTemperatureCalibrator {
  /** Which calibrator it is, as its JSON form says. */
  readonly kind: "multiclass-temperature" = "multiclass-temperature";
  /** k ≥ 2, the number of logits in a row. */
  readonly classes: number;
  /** T in [e⁻¹⁰, e¹⁰]: above 1 where the logits were too sure of themselves. */
  readonly temperature: number;
  /** Whether T stopped at an end of [e⁻¹⁰, e¹⁰], because the optimum lies at or beyond it. */
  readonly atBound: boolean;

  /** @internal */
  constructor(classes: number, temperature: number) {
    this.classes = classes;
    this.temperature = temperature;
    this.atBound = temperature === MIN_TEMPERATURE || temperature === MAX_TEMPERATURE;
  }

  /**
   * Probabilities of the classes, row by row: n × k, like the logits. Every row adds up to 1.
   *
   * @param logits - n × k, row-major, finite.
   * @throws {RangeError} if a logit is not finite, or the last row is not full.
   */
  predict(logits: ArrayLike<number>): Float64Array {
    const { classes, temperature } = this;
    const z = toClassRows("predict", "logits", logits, classes);
    const result = new Float64Array(z.length);
    for (let start = 0; start < z.length; start += classes) {
      const end = start + classes;
      const largest = largestOf(z, start, end);
      let sum = 0;
      for (let i = start; i < end; i++) {
        const relative = Math.exp((z[i]! - largest) / temperature);
        result[i] = relative;
        sum += relative;
      }
      for (let i = start; i < end; i++) result[i]! /= sum;
    }
    return result;
  }

  /** The calibrator as plain data, which `multiclassTemperatureFromJSON` reads. */
  toJSON(): MulticlassTemperatureJSON {
    const { kind, classes, temperature } = this;
    return { version: 1, kind, classes, temperature };
  }
}

/** @internal The largest of `values[start]` to `values[end - 1]`. */
export function largestOf(values: Float64Array, start: number, end: number): number {
  let largest = values[start]!;
  for (let i = start + 1; i < end; i++) if (values[i]! > largest) largest = values[i]!;
  return largest;
}
