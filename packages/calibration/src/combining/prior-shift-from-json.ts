import { checkChoice } from "../checks.ts";
import { type ReadInner, readFinite, readRecord } from "../json-checks.ts";
import { PriorShiftCalibrator } from "./shift-prior.ts";

/** @internal Reads what `PriorShiftCalibrator.toJSON` wrote. */
export function readPriorShift(caller: string, json: unknown, readInner: ReadInner): PriorShiftCalibrator {
  const record = readRecord(caller, json, ["version", "kind", "logShift", "calibrator"]);
  checkChoice(caller, "kind", record.kind, ["prior-shift"]);
  const logShift = readFinite(caller, "logShift", record.logShift);
  return new PriorShiftCalibrator(readInner("calibrator", record.calibrator), logShift);
}
