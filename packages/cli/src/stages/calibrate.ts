import { type BackendName, type CalibratorName, calibrateGan } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import type { Io } from "../io.ts";
import { progress } from "../progress.ts";
import type { RunStages, StageOutcome } from "../run-stages.ts";
import { readHeldOut } from "./held-out.ts";
import { openStoredGan } from "./stored-gan.ts";
import { type CalibrationSettings, calibrationStream, writeScores } from "./stored-scores.ts";

/** Options of {@link calibrateStage}. */
export interface CalibrateStageOptions {
  /** How scores of the discriminator become probabilities. */
  readonly calibrator: CalibratorName;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
}

/** Scores the held-out images and as many of the generator's, and calibrates the discriminator on the scores. */
export function calibrateStage(
  run: RunStages,
  options: CalibrateStageOptions,
  io: Io,
): Promise<StageOutcome> {
  const { calibrator, seed, force } = options;
  const stage = { name: "calibrate", options: { calibrator, seed }, inputs: ["train"], force };
  return run.run(stage, async (writer) => {
    const train = await run.required("train", "mhgan train");
    await useBackend(options.backend);
    const real = await readHeldOut(run, train);
    const stored = await openStoredGan(run, train);
    try {
      const bar = progress(io.stderr, "calibrate", 2 * real.shape[0]!, "images");
      const calibrated = await calibrateGan(stored.gan, {
        real,
        calibrator,
        seed: calibrationStream(seed, false),
        signal: io.signal,
        onProgress: ({ scored }) => bar.update(scored),
      });
      bar.finish();
      await writeScores(writer, "", calibrated);
      const settings: CalibrationSettings = { output: stored.gan.output ?? "unbounded", calibrator, seed };
      return { settings, report: calibrated.report };
    } finally {
      stored.dispose();
    }
  });
}
