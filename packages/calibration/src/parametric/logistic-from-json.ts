import { checkChoice } from "../checks.ts";
import { readFinite, readFiniteArray } from "../json-checks.ts";
import { LogisticCalibrator, type LogisticFeatures } from "./logistic-calibrator.ts";
import { readReading } from "./score-reading.ts";

/**
 * Reads back what `LogisticCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version, the kind, the input or the features are others, a number is out of range, or the
 * features have another number of coefficients.
 * @example
 * ```ts
 * import { logisticFromJSON } from "@mhgan/calibration";
 * const json = { version: 1, kind: "logistic", input: "logit", features: "beta1", coefficients: [2], intercept: -1 };
 * logisticFromJSON(json).logOdds([3]); // => [5]
 * ```
 */
export function logisticFromJSON(json: unknown): LogisticCalibrator {
  return readLogistic("logisticFromJSON", json);
}

/** @internal As {@link logisticFromJSON}, for a caller whose name errors shall carry. */
export function readLogistic(caller: string, json: unknown): LogisticCalibrator {
  const { record, reading } = readReading(
    caller,
    json,
    ["probability", "logit"],
    ["features", "coefficients", "intercept"],
  );
  checkChoice(caller, "kind", record.kind, ["logistic"]);
  checkChoice(caller, "features", record.features, ["linear", "beta1", "beta2"]);
  const features = record.features as LogisticFeatures;
  const coefficients = readFiniteArray(caller, "coefficients", record.coefficients);
  const expected = features === "beta2" ? 2 : 1;
  if (coefficients.length !== expected) {
    throw new RangeError(
      `${caller}: coefficients must hold ${expected} with features "${features}", got ${coefficients.length}`,
    );
  }
  return new LogisticCalibrator(
    reading,
    features,
    Array.from(coefficients),
    readFinite(caller, "intercept", record.intercept),
  );
}
