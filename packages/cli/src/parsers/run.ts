import { type Command, Option } from "commander";
import { imageDatasets } from "../image-datasets.ts";
import type { Io } from "../io.ts";
import { backend, calibrator, json, refit, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan run` to the commands. */
export function addRun(mhgan: Command, io: Io): void {
  mhgan
    .command("run")
    .description(
      "train a least-squares GAN on a set of images, calibrate it on held-out images, and improve its samples",
    )
    .addOption(new Option("--dataset <name>", "which images").choices(imageDatasets).makeOptionMandatory())
    .option(
      "--data-dir <folder>",
      "folder with the data files (default: where the Debian package or the cache has them, else download)",
    )
    .option("--no-verify", "accept other data of the same form in that folder")
    .addOption(seed())
    .addOption(wholeNumber("--steps <n>", "training steps", 1500))
    .addOption(wholeNumber("--batch-size <n>", "images in a training step", 64))
    .addOption(
      wholeNumber("--draws <n>", "samples to draw from the GAN and from MH-GAN; the first 15 are shown", 256),
    )
    .addOption(wholeNumber("--chain-length <k>", "proposals each Metropolis-Hastings chain sees", 640))
    .addOption(calibrator())
    .addOption(refit(600))
    .addOption(
      new Option("--out <folder>", "where samples.png, report.html and run.json go").makeOptionMandatory(),
    )
    .option("--force", "begin anew, instead of going on with a stopped run or keeping a finished one", false)
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      "\nExample:\n  $ mhgan run --dataset fashion-mnist --steps 3000 --out fashion\n\nA run that was stopped goes on where it was, if it is started again with the same options.\n",
    )
    .action(async (options) => {
      const { runImages } = await import("../commands/run.ts");
      await runImages(options, io);
    });
}
