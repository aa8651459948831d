import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { type TrainStageOptions, trainStage } from "../stages/train.ts";

/** Options of `mhgan train`. */
export interface TrainOptions extends TrainStageOptions {
  /** Folder of the run that is made. */
  readonly out: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Trains a GAN on images into a run's folder; one that was stopped goes on from its last checkpoint, to the same bits. */
export async function runTrain(options: TrainOptions, io: Io): Promise<void> {
  const run = await RunStages.create(options.out);
  const outcome = await trainStage(run, options, io);
  const { images, heldOut } = outcome.record.result as Record<string, number>;
  printStage("train", run, outcome, options, io, () => {
    const shown = [images!, heldOut!].map((count) => count.toLocaleString("en"));
    return `Generator and discriminator, trained on ${shown[0]} images (${shown[1]} held out): ${run.path}\nNext: mhgan calibrate ${options.out}`;
  });
}
