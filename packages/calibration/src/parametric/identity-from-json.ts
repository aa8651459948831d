import { checkChoice } from "../checks.ts";
import { IdentityCalibrator } from "./identity-calibrator.ts";
import { readReading } from "./score-reading.ts";

/**
 * Reads back what `IdentityCalibrator.toJSON` wrote. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version, the kind or the input is another, or `clip` is out of range.
 * @example
 * ```ts
 * import { identityFromJSON } from "@mhgan/calibration";
 * identityFromJSON({ version: 1, kind: "identity", input: "logit" }).logOdds([3]); // => [3]
 * ```
 */
export function identityFromJSON(json: unknown): IdentityCalibrator {
  return readIdentity("identityFromJSON", json);
}

/** @internal As {@link identityFromJSON}, for a caller whose name errors shall carry. */
export function readIdentity(caller: string, json: unknown): IdentityCalibrator {
  const { record, reading } = readReading(caller, json, ["probability", "logit"], [], 0);
  checkChoice(caller, "kind", record.kind, ["identity"]);
  return new IdentityCalibrator(reading);
}
