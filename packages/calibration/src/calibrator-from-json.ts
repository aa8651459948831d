import type { Calibrator } from "./calibrator.ts";
import { describe } from "./checks.ts";
import { readProbabilityIsotonic } from "./isotonic/isotonic-from-json.ts";
import { readObject } from "./json-checks.ts";
import { readBeta } from "./parametric/beta-from-json.ts";
import { readIdentity } from "./parametric/identity-from-json.ts";
import { readLogistic } from "./parametric/logistic-from-json.ts";
import { readPlatt } from "./parametric/platt-from-json.ts";
import { readTemperature } from "./parametric/temperature-from-json.ts";

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
export function calibratorFromJSON(json: unknown): Calibrator {
  return read("calibratorFromJSON", json);
}

const readers: Readonly<Record<string, (caller: string, json: unknown) => Calibrator>> = {
  beta: readBeta,
  identity: readIdentity,
  isotonic: readProbabilityIsotonic,
  logistic: readLogistic,
  platt: readPlatt,
  temperature: readTemperature,
};

function read(caller: string, json: unknown): Calibrator {
  const object = readObject(caller, json);
  const kind = Object.hasOwn(object, "kind") ? object["kind"] : undefined;
  if (typeof kind !== "string" || !Object.hasOwn(readers, kind)) {
    const kinds = Object.keys(readers).map((name) => describe(name));
    throw new RangeError(`${caller}: kind must be one of ${kinds.join(", ")}, got ${describe(kind)}`);
  }
  return readers[kind]!(caller, json);
}
