import type { Command } from "commander";
import type { Io } from "../io.ts";
import { json } from "./options.ts";

/** Adds `mhgan doctor` to the commands. */
export function addDoctor(mhgan: Command, io: Io): void {
  mhgan
    .command("doctor")
    .description(
      "say what runs here and how fast, what does not, why, and what to do; writes nothing, uses no network",
    )
    .addOption(json())
    .addHelpText(
      "after",
      "\nExamples:\n  $ mhgan doctor\n  $ mhgan doctor --json > doctor.json\n\nThe exit code is 0 if commands that train or sample would run, else 1.\n",
    )
    .action(async (options) => {
      const { runDoctor } = await import("../commands/doctor.ts");
      await runDoctor(options, io);
    });
}
