import { standardCalibrators } from "@mhgan/calibration";
import { datasetNames } from "@mhgan/datasets";
import { backendNames } from "@mhgan/gan-core";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { imageDatasets } from "./image-datasets.ts";
import type { Io } from "./io.ts";
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

  mhgan
    .command("demo")
    .description(
      "train a GAN on 25 Gaussians, then compare its samples with the better ones; needs no network or data",
    )
    .addOption(seed())
    .addOption(count("--steps <n>", "training steps", 4000))
    .addOption(count("--draws <n>", "samples in the comparison", 10_000))
    .addOption(count("--chain-length <k>", "proposals each Metropolis-Hastings chain sees", 100))
    .addOption(calibrator())
    .addOption(refit(3000))
    .addOption(new Option("--out <folder>", "where report.html and run.json go").default("mhgan-demo"))
    .addOption(backend())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan demo --seed 3 --out demo-3\n")
    .action(async (options) => {
      const { runDemo } = await import("./commands/demo.ts");
      await runDemo(options, io);
    });

  mhgan
    .command("run")
    .description(
      "train a least-squares GAN on a set of images, calibrate it on held-out images, and improve its samples",
    )
    .addOption(new Option("--dataset <name>", "which images").choices(imageDatasets).makeOptionMandatory())
    .option(
      "--data-dir <folder>",
      "folder with the data files (default: where the Debian package or the cache has them, else download)",
    )
    .option("--no-verify", "accept other data of the same form in that folder")
    .addOption(seed())
    .addOption(count("--steps <n>", "training steps", 1500))
    .addOption(count("--batch-size <n>", "images in a training step", 64))
    .addOption(
      count("--draws <n>", "samples to draw from the GAN and from MH-GAN; the first 15 are shown", 256),
    )
    .addOption(count("--chain-length <k>", "proposals each Metropolis-Hastings chain sees", 640))
    .addOption(calibrator())
    .addOption(refit(600))
    .addOption(
      new Option("--out <folder>", "where samples.png, report.html and run.json go").makeOptionMandatory(),
    )
    .option("--force", "begin anew, instead of going on with a stopped run or keeping a finished one", false)
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      "\nExample:\n  $ mhgan run --dataset fashion-mnist --steps 3000 --out fashion\n\nA run that was stopped goes on where it was, if it is started again with the same options.\n",
    )
    .action(async (options) => {
      const { runImages } = await import("./commands/run.ts");
      await runImages(options, io);
    });

  const datasets = mhgan
    .command("datasets")
    .description("list, download and find the data sets that are known by name");
  datasets
    .command("list")
    .description("print the data sets, the sizes of their downloads and their licences")
    .addOption(json())
    .action(async (options) => {
      const { runListDatasets } = await import("./commands/datasets.ts");
      runListDatasets(options, io);
    });
  datasets
    .command("info")
    .description("print what is known of a data set: licence, files, checksums, mirrors")
    .addArgument(datasetName())
    .addOption(json())
    .action(async (name, options) => {
      const { runDescribeDataset } = await import("./commands/datasets.ts");
      runDescribeDataset({ ...options, name }, io);
    });
  datasets
    .command("fetch")
    .description("download what is missing of a data set, verify all of it, and print its folder")
    .addArgument(datasetName())
    .addOption(cacheDir())
    .option(
      "--mirror <address...>",
      "addresses of folders to download from (default: those that info prints)",
    )
    .addOption(json())
    .addHelpText("after", "\nA download that was stopped goes on where it stopped.\n")
    .action(async (name, options) => {
      const { runFetchDataset } = await import("./commands/datasets.ts");
      await runFetchDataset({ ...options, name }, io);
    });
  datasets
    .command("path")
    .description("verify a data set that is here, and print its folder; uses no network")
    .addArgument(datasetName())
    .addOption(cacheDir())
    .addOption(json())
    .action(async (name, options) => {
      const { runLocateDataset } = await import("./commands/datasets.ts");
      await runLocateDataset({ ...options, name }, io);
    });

  return mhgan;
}

const datasetName = () => new Argument("<name>", "which data set").choices(datasetNames);
const cacheDir = () =>
  new Option("--cache-dir <folder>", "where downloads are kept (default: mhgan/<name> in the user's cache)");

const seed = () => count("--seed <n>", "seed of everything random", 1, 0);
const calibrator = () =>
  new Option("--calibrator <name>", "how scores of the discriminator become probabilities")
    .choices(Object.keys(standardCalibrators({ input: "unbounded" })))
    .default("isotonic");
/** Without a number, so many steps. */
const refit = (steps: number) =>
  wholeNumber(
    new Option(
      "--refit [steps]",
      `train a fresh discriminator on the finished generator, in so many steps (preset: ${steps}), and show its draws too`,
    ).preset(steps),
  );
const json = () => new Option("--json", "print the result as one line of JSON").default(false);
const backend = () =>
  new Option("--backend <name>", "TensorFlow.js engine (default: the best that loads)").choices(backendNames);

/** An option that is a whole number from `least`. */
function count(flags: string, description: string, value: number, least = 1): Option {
  return wholeNumber(new Option(flags, description).default(value), least);
}

function wholeNumber(option: Option, least = 1): Option {
  return option.argParser((text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    }
    return number;
  });
}
