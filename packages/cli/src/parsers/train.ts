import { type Command, Option } from "commander";
import { imageDatasets } from "../image-datasets.ts";
import type { Io } from "../io.ts";
import { backend, force, json, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan train` to the commands. */
export function addTrain(mhgan: Command, io: Io): void {
  const command = withImages(mhgan.command("train"))
    .description("train a least-squares GAN on a set of images, or go on with one that was stopped")
    .addOption(seed())
    .addOption(new Option("--out <folder>", "folder of the run").makeOptionMandatory());
  withTraining(command)
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan train --dataset fashion-mnist --steps 20000 --out fashion\n")
    .action(async (options) => {
      const { runTrain } = await import("../commands/train.ts");
      await runTrain(options, io);
    });
}

/** Adds the options that say which images. */
export function withImages(command: Command): Command {
  return withDataDir(
    command.addOption(
      new Option("--dataset <name>", "which images").choices(imageDatasets).makeOptionMandatory(),
    ),
  ).option("--no-verify", "accept other data of the same form in that folder");
}

export function withDataDir(command: Command): Command {
  return command.option(
    "--data-dir <folder>",
    "folder with the data files (default: where the Debian package or the cache has them, else download)",
  );
}

/** Adds the options of training. */
export function withTraining(command: Command): Command {
  return command
    .addOption(wholeNumber("--steps <n>", "training steps", 3000))
    .addOption(wholeNumber("--batch-size <n>", "images in a training step", 64));
}
