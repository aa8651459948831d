import type { Command } from "commander";
import type { Io } from "../io.ts";
import { backend, byRefit, force, json, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan compare` to the commands. */
export function addCompare(mhgan: Command, io: Io): void {
  mhgan
    .command("compare")
    .description("compare samplers on the same fresh images: what was predicted of each, and what it does")
    .argument("<folder>", "folder of the run")
    .addOption(byRefit())
    .addOption(wholeNumber("--proposals <n>", "fresh images to select from", 20_000, 1000))
    .addOption(wholeNumber("--draws <n>", "draws of each sampler, at most", 2000, 100))
    .addOption(seed())
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan compare fashion --proposals 50000\n")
    .action(async (folder, options) => {
      const { runCompare } = await import("../commands/compare.ts");
      await runCompare({ ...options, folder }, io);
    });
}
