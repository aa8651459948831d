import { type Command, Option } from "commander";
import type { Io } from "../io.ts";
import { backend, calibrator, force, json, refit, seed, wholeNumber } from "./options.ts";
import { withImages, withTraining } from "./train.ts";

/** Adds `mhgan run` to the commands. */
export function addRun(mhgan: Command, io: Io): void {
  const command = withImages(mhgan.command("run"))
    .description(
      "all in one: train a least-squares GAN on a set of images, calibrate it on held-out images, improve its samples, and report",
    )
    .addOption(seed());
  withTraining(command)
    .addOption(
      wholeNumber("--draws <n>", "samples to draw from the GAN and from MH-GAN; the first 15 are shown", 256),
    )
    .addOption(wholeNumber("--chain-length <k>", "proposals each Metropolis-Hastings chain sees", 640))
    .addOption(calibrator())
    .addOption(refit(150))
    .addOption(new Option("--out <folder>", "folder of the run").makeOptionMandatory())
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      "\nExample:\n  $ mhgan run --dataset fashion-mnist --steps 3000 --out fashion\n\nIt is mhgan train, calibrate, refit, sample and report, one after the other, and leaves a folder that all of these go on with.\nA run that was stopped goes on where it was, if it is started again with the same options.\n",
    )
    .action(async (options) => {
      const { runImages } = await import("../commands/run.ts");
      await runImages(options, io);
    });
}
