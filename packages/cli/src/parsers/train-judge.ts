import { type Command, Option } from "commander";
import { imageDatasets } from "../image-datasets.ts";
import type { Io } from "../io.ts";
import { backend, json, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan train-judge` to the commands. */
export function addTrainJudge(mhgan: Command, io: Io): void {
  mhgan
    .command("train-judge")
    .description(
      "train the classifier of images by whose features samples are judged; no critic ever sees it",
    )
    .addOption(new Option("--dataset <name>", "which images").choices(imageDatasets).makeOptionMandatory())
    .option(
      "--data-dir <folder>",
      "folder with the data files (default: where the Debian package or the cache has them, else download)",
    )
    .option("--no-verify", "accept other data of the same form in that folder")
    .addOption(seed())
    .addOption(wholeNumber("--steps <n>", "training steps", 3500))
    .addOption(wholeNumber("--batch-size <n>", "images in a training step", 128))
    .addOption(wholeNumber("--features <n>", "numbers that it sees in an image", 64))
    .addOption(new Option("--out <folder>", "where judge/ and run.json go").makeOptionMandatory())
    .option("--force", "replace a finished judge in the folder", false)
    .addOption(backend())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan train-judge --dataset fashion-mnist --out judge\n")
    .action(async (options) => {
      const { runTrainJudge } = await import("../commands/train-judge.ts");
      await runTrainJudge(options, io);
    });
}
