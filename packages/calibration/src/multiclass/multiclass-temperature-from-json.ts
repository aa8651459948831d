import { checkChoice } from "../checks.ts";
import { readFinite, readRecord } from "../json-checks.ts";
import { readTemperatureValue } from "../parametric/temperature-from-json.ts";
import { checkClasses } from "./class-rows.ts";
import { MulticlassTemperatureCalibrator } from "./multiclass-temperature-calibrator.ts";

/**
 * Reads back what `MulticlassTemperatureCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version or the kind is another, or a number is out of range.
 * @example
 * ```ts
 * import { multiclassTemperatureFromJSON } from "@mhgan/calibration";
 * const json = { version: 1, kind: "multiclass-temperature", classes: 3, temperature: 2 };
 * multiclassTemperatureFromJSON(json).predict([2, 0, 0]); // ≈ [0.576, 0.212, 0.212]
 * ```
 */
export function multiclassTemperatureFromJSON(json: unknown): MulticlassTemperatureCalibrator {
  const caller = "multiclassTemperatureFromJSON";
  const record = readRecord(caller, json, ["version", "kind", "classes", "temperature"]);
  checkChoice(caller, "kind", record.kind, ["multiclass-temperature"]);
  const classes = readFinite(caller, "classes", record.classes);
  checkClasses(caller, classes);
  return new MulticlassTemperatureCalibrator(classes, readTemperatureValue(caller, record.temperature));
}
