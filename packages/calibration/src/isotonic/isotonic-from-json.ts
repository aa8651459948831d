import { checkChoice } from "../checks.ts";
import { readFiniteArray, readRecord } from "../json-checks.ts";
import { checkSpan, IsotonicCalibrator, type OutOfBounds } from "./isotonic-calibrator.ts";

const KEYS = ["version", "kind", "increasing", "outOfBounds", "thresholds", "values"] as const;

/**
 * Reads back what `IsotonicCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * Unlike `calibratorFromJSON` it takes any finite monotone values, so also a regression that is no calibrator.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version, the kind, an option, or the knots are not possible.
 * @example
 * ```ts
 * import { fitIsotonic, isotonicFromJSON } from "@mhgan/calibration";
 * const text = JSON.stringify(fitIsotonic([1, 2, 3], [10, 30, 20]));
 * isotonicFromJSON(JSON.parse(text)).predict([1, 2.5]); // => [10, 25]
 * ```
 */
export function isotonicFromJSON(json: unknown): IsotonicCalibrator {
  return readIsotonic("isotonicFromJSON", json);
}

/** @internal As {@link isotonicFromJSON}, for a caller whose name errors shall carry. */
export function readIsotonic(caller: string, json: unknown): IsotonicCalibrator {
  const record = readRecord(caller, json, KEYS);
  checkChoice(caller, "kind", record.kind, ["isotonic"]);
  checkChoice(caller, "increasing", record.increasing, [true, false]);
  checkChoice(caller, "outOfBounds", record.outOfBounds, ["clip", "nan", "throw"]);
  const thresholds = readFiniteArray(caller, "thresholds", record.thresholds);
  const values = readFiniteArray(caller, "values", record.values);
  if (thresholds.length !== values.length) {
    throw new RangeError(
      `${caller}: values must have the length of thresholds (${thresholds.length}), got ${values.length}`,
    );
  }
  const increasing = record.increasing as boolean;
  for (let i = 1; i < thresholds.length; i++) {
    if (!(thresholds[i]! > thresholds[i - 1]!)) {
      throw new RangeError(
        `${caller}: thresholds must be strictly ascending, got ${thresholds[i]} at index ${i}`,
      );
    }
    if (increasing ? values[i]! < values[i - 1]! : values[i]! > values[i - 1]!) {
      const order = increasing ? "non-decreasing" : "non-increasing";
      throw new RangeError(`${caller}: values must be ${order}, got ${values[i]} at index ${i}`);
    }
  }
  checkSpan(caller, "thresholds", thresholds);
  return new IsotonicCalibrator({
    increasing,
    outOfBounds: record.outOfBounds as OutOfBounds,
    thresholds,
    values,
  });
}

/** @internal As {@link readIsotonic}, for values that must be probabilities. */
export function readProbabilityIsotonic(caller: string, json: unknown): IsotonicCalibrator {
  const calibrator = readIsotonic(caller, json);
  if (Number.isNaN(calibrator.minLogOdds)) {
    throw new RangeError(
      `${caller}: values must be probabilities in [0, 1], got ${calibrator.values[0]} to ${calibrator.values.at(-1)}`,
    );
  }
  return calibrator;
}
