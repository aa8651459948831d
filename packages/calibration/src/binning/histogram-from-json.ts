import { checkChoice } from "../checks.ts";
import { readRecord, readStepEdges, readStepValues } from "../json-checks.ts";
import { checkInput, type ScoreKind } from "../score-kind.ts";
import { HistogramCalibrator } from "./histogram-calibrator.ts";

/**
 * Reads back what `HistogramCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version or the kind is another, or the bins are not possible.
 * @example
 * ```ts
 * import { histogramFromJSON } from "@mhgan/calibration";
 * const json = { version: 1, kind: "histogram", input: "unbounded", edges: [0], values: [0.25, 0.75] };
 * histogramFromJSON(json).predict([-1, 0, 1]); // => [0.25, 0.25, 0.75]
 * ```
 */
export function histogramFromJSON(json: unknown): HistogramCalibrator {
  return readHistogram("histogramFromJSON", json);
}

/** @internal As {@link histogramFromJSON}, for a caller whose name errors shall carry. */
export function readHistogram(caller: string, json: unknown): HistogramCalibrator {
  const record = readRecord(caller, json, ["version", "kind", "input", "edges", "values"]);
  checkChoice(caller, "kind", record.kind, ["histogram"]);
  checkInput(caller, record.input, ["probability", "logit", "unbounded"]);
  const input = record.input as ScoreKind;
  const edges = readStepEdges(caller, "edges", record.edges);
  const values = readStepValues(caller, "values", record.values, "edges", edges);
  return new HistogramCalibrator({ input, edges, values });
}
