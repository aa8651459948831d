import { describe } from "./checks.ts";
import type { IsotonicCalibrator } from "./isotonic-calibrator.ts";
import { readIsotonic } from "./isotonic-from-json.ts";
import { readObject } from "./json-checks.ts";
import type { PlattCalibrator } from "./platt-calibrator.ts";
import { readPlatt } from "./platt-from-json.ts";

/**
 * Reads back any calibrator that this package wrote, by its `kind`, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version or the kind is unknown, a number is not finite, or fitted values are not probabilities.
 * @example
 * ```ts
 * import { calibratorFromJSON, fitPlatt } from "@mhgan/calibration";
 * const text = JSON.stringify(fitPlatt([-1, 0, 1, 2], [0, 1, 0, 1]));
 * JSON.stringify(calibratorFromJSON(JSON.parse(text))) === text; // => true
 * ```
 */
export function calibratorFromJSON(json: unknown): IsotonicCalibrator | PlattCalibrator {
  const caller = "calibratorFromJSON";
  const object = readObject(caller, json);
  const kind = Object.hasOwn(object, "kind") ? object["kind"] : undefined;
  if (kind === "platt") return readPlatt(caller, json);
  if (kind !== "isotonic") {
    throw new RangeError(`${caller}: kind must be "isotonic" or "platt", got ${describe(kind)}`);
  }
  const calibrator = readIsotonic(caller, json);
  if (Number.isNaN(calibrator.minLogOdds)) {
    throw new RangeError(
      `${caller}: values must be probabilities in [0, 1], got ${calibrator.values[0]} to ${calibrator.values.at(-1)}`,
    );
  }
  return calibrator;
}
