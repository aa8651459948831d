import { MAX_TEMPERATURE, MIN_TEMPERATURE } from "./inverse-temperature.ts";
import { LogitCalibrator } from "./logit-calibrator.ts";
import { readingToJSON, type ScoreReading, type ScoreReadingJSON } from "./score-reading.ts";

/** The JSON form of a {@link TemperatureCalibrator}. */
export interface TemperatureJSON extends ScoreReadingJSON {
  readonly kind: "temperature";
  /** What logits are divided by. */
  readonly temperature: number;
}

/** The sigmoid of logit / temperature, as `fitTemperature` and `temperatureFromJSON` return it. */
export class TemperatureCalibrator extends LogitCalibrator {
  override readonly kind: "temperature" = "temperature";
  /** T in [e⁻¹⁰, e¹⁰]: above 1 where the scores were too sure of themselves. */
  readonly temperature: number;
  /** Whether T stopped at an end of [e⁻¹⁰, e¹⁰], because the optimum lies at or beyond it. */
  readonly atBound: boolean;

  /** @internal */
  constructor(reading: ScoreReading, temperature: number) {
    super(
      reading,
      (logit) => logit / temperature + 0,
      () => 1 / temperature,
    );
    this.temperature = temperature;
    this.atBound = temperature === MIN_TEMPERATURE || temperature === MAX_TEMPERATURE;
  }

  override toJSON(): TemperatureJSON {
    return { version: 1, kind: "temperature", ...readingToJSON(this), temperature: this.temperature };
  }
}
