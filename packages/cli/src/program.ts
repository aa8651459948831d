import { type Command, Help } from "commander";
import { hasColours, painter } from "./colours.ts";
import { MhganCommand } from "./command.ts";
import type { Io } from "./io.ts";
import { addCalibrate } from "./parsers/calibrate.ts";
import { addCompare } from "./parsers/compare.ts";
import { addCompletion } from "./parsers/completion.ts";
import { addDatasets } from "./parsers/datasets.ts";
import { addDemo } from "./parsers/demo.ts";
import { addDoctor } from "./parsers/doctor.ts";
import { addEvaluate } from "./parsers/evaluate.ts";
import { addPredict } from "./parsers/predict.ts";
import { addRefit } from "./parsers/refit.ts";
import { addReport } from "./parsers/report.ts";
import { addRun } from "./parsers/run.ts";
import { addMerge, addSample } from "./parsers/sample.ts";
import { addSelect } from "./parsers/select.ts";
import { addTrain } from "./parsers/train.ts";
import { addTrainJudge } from "./parsers/train-judge.ts";
import { versions } from "./versions.ts";

/** In the order of the help. */
const groups: readonly (readonly [title: string, add: readonly ((mhgan: Command, io: Io) => void)[]])[] = [
  ["Begin here:", [addDemo, addSelect, addDoctor]],
  ["Train and improve a GAN:", [addRun, addTrain, addCalibrate, addRefit, addSample, addMerge]],
  ["Know before and after:", [addPredict, addCompare, addEvaluate, addReport]],
  ["Data:", [addDatasets, addTrainJudge]],
  ["More:", [addCompletion]],
];

/** The command line: parses and hands over. The commands are loaded when they run, so `--help` is quick. */
export function program(io: Io): Command {
  const mhgan = new MhganCommand("mhgan")
    .description(
      "Make a trained GAN better: calibrate its discriminator and let Metropolis-Hastings pick among its samples.",
    )
    .version(versions()["@mhgan/cli"]!, "-V, --version", "print the version")
    .helpOption("-h, --help", "show the help of a command")
    .option(
      "--config <file>",
      'take options from a JSON file, such as {"seed": 3}; those given here go first',
    )
    .option("--verbose", "show where an error happened")
    .configureHelp({
      showGlobalOptions: true,
      minWidthToWrap: 20,
      styleTitle: (title) => painter(io.stdout)("bold", title),
      // That a flag is off by default goes without saying.
      optionDescription: (option) =>
        Help.prototype.optionDescription(option).replace(/ ?\(default: false\)$/, ""),
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => hasColours(io.stdout),
      getErrHasColors: () => hasColours(io.stderr),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
    })
    .addHelpText("after", AFTER_HELP)
    .exitOverride();
  for (const [title, parsers] of groups) {
    mhgan.commandsGroup(title);
    for (const add of parsers) add(mhgan, io);
  }
  return mhgan.helpCommand("help [command]", "show the help of a command");
}

const AFTER_HELP = `
Examples:
  $ mhgan demo
  $ mhgan help demo
  $ mhgan demo --config demo.json

The keys in a config file are the long names of options, as in {"seed": 3, "chain-length": 640, "json": true}.

Results go to stdout, progress and remarks to stderr. Files appear whole or not at all. Exit codes: 0 done, 1 failed, 2 called wrongly,
130 interrupted (Ctrl-C), 143 terminated. Environment: NO_COLOR, FORCE_COLOR; MHGAN_DEBUG=1 is --verbose; downloads are kept in
XDG_CACHE_HOME, or ~/.cache.
`;
