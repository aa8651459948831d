import { readHistogram } from "./binning/histogram-from-json.ts";
import { readScalingBinning } from "./binning/read-scaling-binning.ts";
import type { Calibrator } from "./calibrator.ts";
import { describe } from "./checks.ts";
import { readAverage } from "./combining/average-from-json.ts";
import { readPriorShift } from "./combining/prior-shift-from-json.ts";
import { readProbabilityIsotonic } from "./isotonic/isotonic-from-json.ts";
import { type ReadInner, readObject } from "./json-checks.ts";
import { readBeta } from "./parametric/beta-from-json.ts";
import { readIdentity } from "./parametric/identity-from-json.ts";
import { readLogistic } from "./parametric/logistic-from-json.ts";
import { readPlatt } from "./parametric/platt-from-json.ts";
import { readTemperature } from "./parametric/temperature-from-json.ts";
import { readVennAbers } from "./venn-abers/venn-abers-from-json.ts";

/**
 * Reads back any calibrator that this package wrote, by its `kind`, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version or the kind is unknown, a number is not finite, fitted values are not probabilities, or
 * calibrators are nested more than 8 deep.
 * @example
 * ```ts
 * import { calibratorFromJSON, fitPlatt } from "@mhgan/calibration";
 * const text = JSON.stringify(fitPlatt([-1, 0, 1, 2], [0, 1, 0, 1]));
 * JSON.stringify(calibratorFromJSON(JSON.parse(text))) === text; // => true
 * ```
 */
export function calibratorFromJSON(json: unknown): Calibrator {
  return readCalibrator("calibratorFromJSON", json, 0);
}

/** What reads one kind; `readInner` reads the calibrators inside of it, if it has any. */
type Reader = (caller: string, json: unknown, readInner: ReadInner) => Calibrator;

const readers: Readonly<Record<string, Reader>> = {
  average: readAverage,
  histogram: readHistogram,
  beta: readBeta,
  identity: readIdentity,
  isotonic: readProbabilityIsotonic,
  logistic: readLogistic,
  platt: readPlatt,
  "prior-shift": readPriorShift,
  "scaling-binning": readScalingBinning,
  "venn-abers": readVennAbers,
  temperature: readTemperature,
};

/** Deeper than anyone builds calibrators of calibrators. */
const MAX_DEPTH = 8;

/** Reads a calibrator of any kind that stands `depth` calibrators inside of what the caller was given. */
function readCalibrator(caller: string, json: unknown, depth: number): Calibrator {
  if (depth > MAX_DEPTH) {
    throw new RangeError(`${caller}: calibrators must be nested at most ${MAX_DEPTH} deep, got ${depth}`);
  }
  const object = readObject(caller, json);
  const kind = Object.hasOwn(object, "kind") ? object["kind"] : undefined;
  if (typeof kind !== "string" || !Object.hasOwn(readers, kind)) {
    const kinds = Object.keys(readers).map((name) => describe(name));
    throw new RangeError(`${caller}: kind must be one of ${kinds.join(", ")}, got ${describe(kind)}`);
  }
  return readers[kind]!(caller, json, readInner(caller, depth));
}

/** @internal What the reader of a calibrator at `depth` reads those inside of it with; errors name where they stand. */
export function readInner(caller: string, depth = 0): ReadInner {
  return (field, json) => readCalibrator(`${caller}: ${field}`, json, depth + 1);
}
