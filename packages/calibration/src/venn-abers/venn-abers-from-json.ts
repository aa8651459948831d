import { checkChoice } from "../checks.ts";
import { checkOrder, readRecord, readStepEdges, readStepValues } from "../json-checks.ts";
import { VennAbersCalibrator } from "./venn-abers-calibrator.ts";

/**
 * Reads back what `VennAbersCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version or the kind is another, or the steps are not possible.
 * @example
 * ```ts
 * import { fitVennAbers, vennAbersFromJSON } from "@mhgan/calibration";
 * const text = JSON.stringify(fitVennAbers([1, 2], [0, 1]));
 * text; // => '{"version":1,"kind":"venn-abers","thresholds":[1,2],"lower":[0,0,0.5],"upper":[0.5,1,1]}'
 * vennAbersFromJSON(JSON.parse(text)).predict([1.5]); // => [0.5]
 * ```
 */
export function vennAbersFromJSON(json: unknown): VennAbersCalibrator {
  return readVennAbers("vennAbersFromJSON", json);
}

/** @internal As {@link vennAbersFromJSON}, for a caller whose name errors shall carry. */
export function readVennAbers(caller: string, json: unknown): VennAbersCalibrator {
  const record = readRecord(caller, json, ["version", "kind", "thresholds", "lower", "upper"]);
  checkChoice(caller, "kind", record.kind, ["venn-abers"]);
  const thresholds = readStepEdges(caller, "thresholds", record.thresholds);
  const lower = readStepValues(caller, "lower", record.lower, "thresholds", thresholds);
  const upper = readStepValues(caller, "upper", record.upper, "thresholds", thresholds);
  checkOrder(caller, "lower", lower, "non-decreasing", (before, here) => before <= here);
  checkOrder(caller, "upper", upper, "non-decreasing", (before, here) => before <= here);
  if (lower.at(-1) === 1 || upper[0] === 0) {
    throw new RangeError(
      `${caller}: lower must stay below 1 and upper above 0, got ${lower.at(-1)} and ${upper[0]}`,
    );
  }
  // At a threshold the lower value is that above it already, the upper value still that below it.
  for (let i = 0; i < lower.length; i++) {
    if (lower[i]! > upper[Math.max(0, i - 1)]!) {
      throw new RangeError(`${caller}: lower must not pass upper, got ${lower[i]} at index ${i}`);
    }
  }
  return new VennAbersCalibrator({ thresholds, lower, upper });
}
