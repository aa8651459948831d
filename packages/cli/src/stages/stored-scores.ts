import { formatNpy, parseNpy } from "@mhgan/datasets";
import { type CalibratedScores, type CalibratorName, calibrateScores } from "@mhgan/gan-core";
import { type RandomStream, randomStream } from "@mhgan/mcmc";
import type { RunStages, StageRecord, StageWriter } from "../run-stages.ts";

/** What scores say, and how they are calibrated: with the scores all that log weights follow from. */
export interface CalibrationSettings {
  readonly output: "unbounded" | "logit" | "probability";
  readonly calibrator: CalibratorName;
  readonly seed: number;
}

/** The stream that deals scores into those to fit on and those to measure on. */
export const calibrationStream = (seed: number, refit: boolean): RandomStream =>
  refit ? randomStream(seed).split("refit").split("calibration") : randomStream(seed).split("calibration");

/** Saves raw scores, and the calibrator fitted to them. */
export async function writeScores(
  writer: StageWriter,
  folder: string,
  { scores, calibrator }: CalibratedScores,
): Promise<void> {
  for (const kind of ["real", "fake"] as const) {
    const data = scores[kind];
    await writer.write(`${folder}scores/${kind}.npy`, formatNpy({ data, shape: [data.length] }));
  }
  await writer.write(`${folder}calibrator.json`, `${JSON.stringify(calibrator)}\n`);
}

/** Scores of {@link writeScores}, calibrated as they were: the same to the bit. */
export async function readScores(
  run: RunStages,
  stage: StageRecord,
  folder: "" | "refit/",
): Promise<CalibratedScores> {
  const [real, fake] = await Promise.all(
    ["real", "fake"].map(async (kind) => {
      const { data } = parseNpy(await run.file(stage, `${folder}scores/${kind}.npy`));
      return Float64Array.from(data as ArrayLike<number>);
    }),
  );
  const { output, calibrator, seed } = stage.result["settings"] as CalibrationSettings;
  return calibrateScores(real!, fake!, {
    output,
    calibrator,
    seed: calibrationStream(seed, folder === "refit/"),
  });
}
