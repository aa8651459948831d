import type { Command } from "commander";
import type { Io } from "../io.ts";
import { backend, calibrator, force, json, seed, wholeNumber } from "./options.ts";
import { withDataDir } from "./train.ts";

/** Adds `mhgan refit` to the commands. */
export function addRefit(mhgan: Command, io: Io): void {
  withDataDir(
    mhgan
      .command("refit")
      .description(
        "train fresh critics for the finished generator of a run, on what a classifier sees in images, and choose how hard to select by them",
      )
      .argument("<folder>", "folder of the run"),
  )
    .addOption(wholeNumber("--steps <n>", "training steps of each critic", 150))
    .addOption(wholeNumber("--critics <n>", "critics whose scores are averaged", 3))
    .addOption(calibrator())
    .addOption(seed())
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      "\nExample:\n  $ mhgan refit fashion --critics 3\n  $ mhgan sample fashion --refit --draws 1000\n  $ mhgan sample fashion --refit --method by-class --draws 1000\n",
    )
    .action(async (folder, options) => {
      const { runRefit } = await import("../commands/refit.ts");
      await runRefit({ ...options, folder }, io);
    });
}
