import type { Command } from "commander";
import type { Io } from "../io.ts";
import { backend, force, json, seed, wholeNumber } from "./options.ts";
import { withDataDir } from "./train.ts";

/** Adds `mhgan evaluate` to the commands. */
export function addEvaluate(mhgan: Command, io: Io): void {
  withDataDir(
    mhgan
      .command("evaluate")
      .description(
        "judge the samples of a run against real test images, by a network that no critic ever saw",
      )
      .argument("<folder>", "folder of the run"),
  )
    .option(
      "--judge <folder>",
      "what mhgan train-judge made (default: the judge of Fashion-MNIST that comes with mhgan)",
    )
    .addOption(wholeNumber("--rows <n>", "images compared, of each set (default: all of the smallest set)"))
    .addOption(seed())
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      "\nExample:\n  $ mhgan sample fashion --method none --draws 5000\n  $ mhgan sample fashion --method mh --draws 5000\n  $ mhgan evaluate fashion\n",
    )
    .action(async (folder, options) => {
      const { runEvaluate } = await import("../commands/evaluate.ts");
      await runEvaluate({ ...options, folder }, io);
    });
}
