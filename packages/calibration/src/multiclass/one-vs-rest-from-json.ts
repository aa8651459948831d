import { readInner } from "../calibrator-from-json.ts";
import { checkChoice } from "../checks.ts";
import { readCalibrators, readRecord } from "../json-checks.ts";
import { OneVsRestCalibrator } from "./one-vs-rest-calibrator.ts";

/**
 * Reads back what `OneVsRestCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`. The calibrators may be of any kind that `calibratorFromJSON` reads.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if a version or a kind is another, or as the calibrators' own readers throw.
 * @example
 * ```ts
 * import { oneVsRestFromJSON } from "@mhgan/calibration";
 * const identity = { version: 1, kind: "identity", input: "probability", clip: 0 };
 * const json = { version: 1, kind: "one-vs-rest", calibrators: [identity, identity] };
 * oneVsRestFromJSON(json).predict([0.25, 0.25]); // => [0.5, 0.5]
 * ```
 */
export function oneVsRestFromJSON(json: unknown): OneVsRestCalibrator {
  const caller = "oneVsRestFromJSON";
  const record = readRecord(caller, json, ["version", "kind", "calibrators"]);
  checkChoice(caller, "kind", record.kind, ["one-vs-rest"]);
  return new OneVsRestCalibrator(readCalibrators(caller, record.calibrators, 2, readInner(caller)));
}
