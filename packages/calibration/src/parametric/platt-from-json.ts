import { checkChoice } from "../checks.ts";
import { readFinite, readRecord } from "../json-checks.ts";
import { PlattCalibrator } from "./platt-calibrator.ts";

/**
 * Reads back what `PlattCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version or the kind is another, or a number is not finite.
 * @example
 * ```ts
 * import { plattFromJSON } from "@mhgan/calibration";
 * plattFromJSON({ version: 1, kind: "platt", a: -2, b: 0.5 }).logOdds([3]); // => [5.5]
 * ```
 */
export function plattFromJSON(json: unknown): PlattCalibrator {
  return readPlatt("plattFromJSON", json);
}

/** @internal As {@link plattFromJSON}, for a caller whose name errors shall carry. */
export function readPlatt(caller: string, json: unknown): PlattCalibrator {
  const record = readRecord(caller, json, ["version", "kind", "a", "b"]);
  checkChoice(caller, "kind", record.kind, ["platt"]);
  return new PlattCalibrator(readFinite(caller, "a", record.a), readFinite(caller, "b", record.b));
}
