import { checkChoice } from "../checks.ts";
import { readFinite } from "../json-checks.ts";
import { MAX_TEMPERATURE, MIN_TEMPERATURE } from "./inverse-temperature.ts";
import { readReading } from "./score-reading.ts";
import { TemperatureCalibrator } from "./temperature-calibrator.ts";

/**
 * Reads back what `TemperatureCalibrator.toJSON` wrote, bit for bit. Nothing in `json` is trusted.
 *
 * @param json - a parsed object, as from `JSON.parse`.
 * @throws {TypeError} if a field is missing, unknown or of the wrong type.
 * @throws {RangeError} if the version, the kind or the input is another, or a number is out of range.
 * @example
 * ```ts
 * import { temperatureFromJSON } from "@mhgan/calibration";
 * const json = { version: 1, kind: "temperature", input: "logit", temperature: 2 };
 * temperatureFromJSON(json).logOdds([3]); // => [1.5]
 * ```
 */
export function temperatureFromJSON(json: unknown): TemperatureCalibrator {
  return readTemperature("temperatureFromJSON", json);
}

/** @internal As {@link temperatureFromJSON}, for a caller whose name errors shall carry. */
export function readTemperature(caller: string, json: unknown): TemperatureCalibrator {
  const { record, reading } = readReading(caller, json, ["probability", "logit"], ["temperature"]);
  checkChoice(caller, "kind", record.kind, ["temperature"]);
  return new TemperatureCalibrator(reading, readTemperatureValue(caller, record.temperature));
}

/** @internal A temperature that a fit may have given. */
export function readTemperatureValue(caller: string, value: unknown): number {
  const temperature = readFinite(caller, "temperature", value);
  if (temperature < MIN_TEMPERATURE || temperature > MAX_TEMPERATURE) {
    throw new RangeError(
      `${caller}: temperature must lie in [${MIN_TEMPERATURE}, ${MAX_TEMPERATURE}], got ${temperature}`,
    );
  }
  return temperature;
}
