import { checkChoice } from "../checks.ts";
import { type ReadInner, readCalibrators, readRecord } from "../json-checks.ts";
import { AverageCalibrator } from "./average-calibrator.ts";

/** @internal Reads what `AverageCalibrator.toJSON` wrote. */
export function readAverage(caller: string, json: unknown, readInner: ReadInner): AverageCalibrator {
  const record = readRecord(caller, json, ["version", "kind", "calibrators"]);
  checkChoice(caller, "kind", record.kind, ["average"]);
  return new AverageCalibrator(readCalibrators(caller, record.calibrators, 1, readInner));
}
