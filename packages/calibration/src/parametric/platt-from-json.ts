import { checkChoice } from "../checks.ts";
import { readFinite } from "../json-checks.ts";
import { PlattCalibrator } from "./platt-calibrator.ts";
import { readReading } from "./score-reading.ts";

/**
 * Reads back what `PlattCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version, the kind or the input is another, a number is not finite, or `clip` is out of range.
 * @example
 * ```ts
 * import { plattFromJSON } from "@mhgan/calibration";
 * plattFromJSON({ version: 1, kind: "platt", input: "logit", a: -2, b: 0.5 }).logOdds([3]); // => [5.5]
 * ```
 */
export function plattFromJSON(json: unknown): PlattCalibrator {
  return readPlatt("plattFromJSON", json);
}

/** @internal As {@link plattFromJSON}, for a caller whose name errors shall carry. */
export function readPlatt(caller: string, json: unknown): PlattCalibrator {
  const { record, reading } = readReading(caller, json, ["probability", "logit", "unbounded"], ["a", "b"]);
  checkChoice(caller, "kind", record.kind, ["platt"]);
  return new PlattCalibrator(reading, readFinite(caller, "a", record.a), readFinite(caller, "b", record.b));
}
