import { checkChoice } from "../checks.ts";
import { readFinite } from "../json-checks.ts";
import { BetaCalibrator } from "./beta-calibrator.ts";
import { readReading } from "./score-reading.ts";

/**
 * Reads back what `BetaCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version, the kind or the input is another, or a number is out of range.
 * @example
 * ```ts
 * import { betaFromJSON } from "@mhgan/calibration";
 * const json = { version: 1, kind: "beta", input: "probability", clip: 1e-12, a: 2, b: 1, c: 0 };
 * betaFromJSON(json).logOdds([0.5]); // ≈ [-0.693]
 * ```
 */
export function betaFromJSON(json: unknown): BetaCalibrator {
  return readBeta("betaFromJSON", json);
}

/** @internal As {@link betaFromJSON}, for a caller whose name errors shall carry. */
export function readBeta(caller: string, json: unknown): BetaCalibrator {
  const { record, reading } = readReading(caller, json, ["probability", "logit"], ["a", "b", "c"]);
  checkChoice(caller, "kind", record.kind, ["beta"]);
  return new BetaCalibrator(
    reading,
    readFinite(caller, "a", record.a),
    readFinite(caller, "b", record.b),
    readFinite(caller, "c", record.c),
  );
}
