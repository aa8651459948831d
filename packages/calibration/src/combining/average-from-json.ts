import { checkChoice, describe } from "../checks.ts";
import { type ReadInner, readRecord } from "../json-checks.ts";
import { AverageCalibrator } from "./average-calibrator.ts";

/** More than anyone averages. */
const MAX_COUNT = 1000;

/** @internal Reads what `AverageCalibrator.toJSON` wrote. */
export function readAverage(caller: string, json: unknown, readInner: ReadInner): AverageCalibrator {
  const record = readRecord(caller, json, ["version", "kind", "calibrators"]);
  checkChoice(caller, "kind", record.kind, ["average"]);
  const { calibrators } = record;
  if (!Array.isArray(calibrators)) {
    throw new TypeError(`${caller}: calibrators must be an array, got ${describe(calibrators)}`);
  }
  if (calibrators.length === 0 || calibrators.length > MAX_COUNT) {
    throw new RangeError(`${caller}: calibrators must hold 1 to ${MAX_COUNT}, got ${calibrators.length}`);
  }
  return new AverageCalibrator(calibrators.map((inner, k) => readInner(`calibrators[${k}]`, inner)));
}
