import type { Command } from "commander";
import type { Io } from "../io.ts";
import { backend, calibrator, force, json, seed } from "./options.ts";

/** Adds `mhgan calibrate` to the commands. */
export function addCalibrate(mhgan: Command, io: Io): void {
  mhgan
    .command("calibrate")
    .description("calibrate the discriminator of a run on images that it never saw")
    .argument("<folder>", "folder of the run")
    .addOption(calibrator())
    .addOption(seed())
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan calibrate fashion --calibrator venn-abers\n")
    .action(async (folder, options) => {
      const { runCalibrate } = await import("../commands/calibrate.ts");
      await runCalibrate({ ...options, folder }, io);
    });
}
