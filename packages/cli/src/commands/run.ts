import type { CalibratorName } from "@mhgan/gan-core";
import type { Io } from "../io.ts";
import { formatSeconds } from "../progress.ts";
import { RunStages, type StageOutcome } from "../run-stages.ts";
import { calibrateStage } from "../stages/calibrate.ts";
import { refitStage } from "../stages/refit.ts";
import { reportStage } from "../stages/report.ts";
import { sampleStage } from "../stages/sample.ts";
import { type TrainStageOptions, trainStage } from "../stages/train.ts";
import { prose } from "../wrapped.ts";

/** Options of `mhgan run`. */
export interface RunImagesOptions extends TrainStageOptions {
  /** Images to draw by each method. */
  readonly draws: number;
  /** K: the proposals that each Metropolis-Hastings chain sees. */
  readonly chainLength: number;
  /** How scores of the discriminator become probabilities. */
  readonly calibrator: CalibratorName;
  /** Steps of fresh critics on what a classifier makes of the images, to draw by too. */
  readonly refit?: number;
  /** Folder of the run that is made. */
  readonly out: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Critics that are averaged. */
const CRITICS = 3;

/**
 * All of it, one stage after the other: trains a GAN on images, calibrates its discriminator on held-out ones, draws plain samples and better
 * ones, and reports. A run that was stopped goes on where it was; what is finished is not done again.
 */
export async function runImages(options: RunImagesOptions, io: Io): Promise<void> {
  const { seed, draws, chainLength, calibrator, refit, json, force } = options;
  const started = performance.now();
  const run = await RunStages.create(options.out);
  const shared = {
    seed,
    // Training anew has removed what rests on it.
    force: false,
    ...(options.backend !== undefined && { backend: options.backend }),
    ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
  };
  const outcomes: Record<string, StageOutcome> = {
    train: await trainStage(run, options, io),
    calibrate: await calibrateStage(run, { ...shared, calibrator }, io),
  };
  const set = { ...shared, draws, temper: 1, refit: false };
  outcomes["gan"] = await sampleStage(run, { ...set, method: "none", name: "gan" }, io);
  outcomes["mh"] = await sampleStage(run, { ...set, method: "mh", chainLength, name: "mh" }, io);
  if (refit !== undefined) {
    const steps = { steps: refit, critics: CRITICS, calibrator };
    outcomes["refit"] = await refitStage(run, { ...shared, ...steps }, io);
    const refitted = { ...set, refit: true };
    outcomes["refitted"] = await sampleStage(run, { ...refitted, method: "chosen", name: "refit" }, io);
    outcomes["by-class"] = await sampleStage(run, { ...refitted, method: "by-class", name: "by-class" }, io);
  }
  const report = await reportStage(run, { force });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (json) {
    const results = Object.fromEntries(
      Object.entries(outcomes).map(([name, { record }]) => [name, record.result]),
    );
    io.stdout.write(
      `${JSON.stringify({ command: "run", folder: run.path, seed, draws, chainLength, ...results, seconds })}\n`,
    );
    return;
  }
  const { summary } = report.record.result as { summary: string };
  io.stdout.write(
    prose(
      io.stdout,
      `\n${summary}\nPicture: ${run.pathOf("samples.png")}\nReport: ${run.pathOf("report.html")} (${formatSeconds(seconds)} in all)\n`,
    ),
  );
}
