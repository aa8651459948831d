import { Command } from "commander";
import type { Io } from "./io.ts";
import { addCalibrate } from "./parsers/calibrate.ts";
import { addCompare } from "./parsers/compare.ts";
import { addDatasets } from "./parsers/datasets.ts";
import { addDemo } from "./parsers/demo.ts";
import { addPredict } from "./parsers/predict.ts";
import { addRefit } from "./parsers/refit.ts";
import { addReport } from "./parsers/report.ts";
import { addRun } from "./parsers/run.ts";
import { addMerge, addSample } from "./parsers/sample.ts";
import { addSelect } from "./parsers/select.ts";
import { addTrain } from "./parsers/train.ts";
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
  const commands = [
    addDemo,
    addRun,
    addTrain,
    addCalibrate,
    addRefit,
    addSample,
    addMerge,
    addPredict,
    addCompare,
    addReport,
    addSelect,
    addDatasets,
  ];
  for (const add of commands) add(mhgan, io);
  return mhgan;
}
