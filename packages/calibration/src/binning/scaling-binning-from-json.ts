import { readInner } from "../calibrator-from-json.ts";
import { readScalingBinning } from "./read-scaling-binning.ts";
import type { ScalingBinningCalibrator } from "./scaling-binning-calibrator.ts";

/**
 * Reads back what `ScalingBinningCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`. The scaling function may be of any kind that `calibratorFromJSON` reads.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if a version or a kind is another, the bins are not possible, or calibrators are nested more than 8 deep.
 * @example
 * ```ts
 * import { scalingBinningFromJSON } from "@mhgan/calibration";
 * const platt = { version: 1, kind: "platt", input: "unbounded", a: -1, b: 0 };
 * const bins = { edges: [0], values: [0.25, 0.75], complements: [0.75, 0.25] };
 * const json = { version: 1, kind: "scaling-binning", calibrator: platt, ...bins };
 * scalingBinningFromJSON(json).predict([-2, 3]); // => [0.25, 0.75]
 * ```
 */
export function scalingBinningFromJSON(json: unknown): ScalingBinningCalibrator {
  const caller = "scalingBinningFromJSON";
  return readScalingBinning(caller, json, readInner(caller));
}
