import { Command } from "commander";
import type { Io } from "./io.ts";
import { addDatasets } from "./parsers/datasets.ts";
import { addDemo } from "./parsers/demo.ts";
import { addRun } from "./parsers/run.ts";
import { addSelect } from "./parsers/select.ts";
import { versions } from "./versions.ts";

/** The command line: parses and hands over. The commands are loaded when they run, so `--help` is quick. */
export function program(io: Io): Command {
  const mhgan = new Command("mhgan")
    .description(
      "Make a trained GAN better: calibrate its discriminator and let Metropolis-Hastings pick among its samples.",
    )
    .version(versions()["@mhgan/cli"]!)
    .showHelpAfterError("(mhgan --help shows the commands and options)")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .exitOverride();
  // In the order of the help.
  for (const add of [addDemo, addRun, addSelect, addDatasets]) add(mhgan, io);
  return mhgan;
}
