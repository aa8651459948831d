import type { Command } from "commander";
import type { Io } from "../io.ts";
import { aboveZero, number } from "./method.ts";
import { byRefit, json, wholeNumber } from "./options.ts";

/** Adds `mhgan predict` to the commands. */
export function addPredict(mhgan: Command, io: Io): void {
  mhgan
    .command("predict")
    .description("say what chains and other samplers will do, from the scores of a run alone")
    .argument("<folder>", "folder of the run")
    .addOption(byRefit())
    .addOption(wholeNumber("--chain-length <k>", "length to predict (default: some from 1 to 640)"))
    .addOption(
      number("--total-variation <tv>", "how close to the data draws are to come", aboveZero(1)).default(0.01),
    )
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan predict fashion --total-variation 0.02\n")
    .action(async (folder, options) => {
      const { runPredict } = await import("../commands/predict.ts");
      await runPredict({ ...options, folder }, io);
    });
}
