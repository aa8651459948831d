import type { Command } from "commander";
import type { Io } from "../io.ts";
import { force, json } from "./options.ts";

/** Adds `mhgan report` to the commands. */
export function addReport(mhgan: Command, io: Io): void {
  mhgan
    .command("report")
    .description("write the report of all that is finished in a run: one HTML file that needs no network")
    .argument("<folder>", "folder of the run")
    .addOption(force())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan report fashion\n")
    .action(async (folder, options) => {
      const { runReport } = await import("../commands/report.ts");
      await runReport({ ...options, folder }, io);
    });
}
