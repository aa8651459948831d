import { checkChoice } from "../checks.ts";
import { checkOrder, type ReadInner, readRecord, readStepEdges, readStepValues } from "../json-checks.ts";
import { ScalingBinningCalibrator } from "./scaling-binning-calibrator.ts";

/**
 * @internal As `scalingBinningFromJSON`, for a caller whose name errors shall carry. A file of its own, since the reader of any
 * kind calls it and `scalingBinningFromJSON` calls that.
 */
export function readScalingBinning(
  caller: string,
  json: unknown,
  readInner: ReadInner,
): ScalingBinningCalibrator {
  const keys = ["version", "kind", "calibrator", "edges", "values", "complements"] as const;
  const record = readRecord(caller, json, keys);
  checkChoice(caller, "kind", record.kind, ["scaling-binning"]);
  const edges = readStepEdges(caller, "edges", record.edges);
  const values = readStepValues(caller, "values", record.values, "edges", edges);
  const complements = readStepValues(caller, "complements", record.complements, "edges", edges);
  checkOrder(caller, "values", values, "non-decreasing", (before, here) => before <= here);
  checkOrder(caller, "complements", complements, "non-increasing", (before, here) => before >= here);
  for (let bin = 0; bin < values.length; bin++) {
    const sum = values[bin]! + complements[bin]!;
    if (!(Math.abs(sum - 1) < 1e-9)) {
      throw new RangeError(`${caller}: values and complements must add up to 1, got ${sum} at index ${bin}`);
    }
  }
  return new ScalingBinningCalibrator({
    calibrator: readInner("calibrator", record.calibrator),
    edges,
    values,
    complements,
  });
}
