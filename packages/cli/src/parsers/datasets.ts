import { datasetNames } from "@mhgan/datasets";
import { Argument, type Command, Option } from "commander";
import type { Io } from "../io.ts";
import { json } from "./options.ts";

/** Adds `mhgan datasets` to the commands. */
export function addDatasets(mhgan: Command, io: Io): void {
  const datasets = mhgan
    .command("datasets")
    .description("list, download and find the data sets that are known by name")
    .addHelpText("after", "\nExamples:\n  $ mhgan datasets list\n  $ mhgan datasets fetch kmnist\n");
  datasets
    .command("list")
    .description("print the data sets, the sizes of their downloads and their licences")
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan datasets list\n")
    .action(async (options) => {
      const { runListDatasets } = await import("../commands/datasets.ts");
      runListDatasets(options, io);
    });
  datasets
    .command("info")
    .description("print what is known of a data set: licence, files, checksums, mirrors")
    .addArgument(datasetName())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan datasets info mnist\n")
    .action(async (name, options) => {
      const { runDescribeDataset } = await import("../commands/datasets.ts");
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
    .addHelpText(
      "after",
      "\nExample:\n  $ mhgan datasets fetch kmnist\n\nA download that was stopped goes on where it stopped.\n",
    )
    .action(async (name, options) => {
      const { runFetchDataset } = await import("../commands/datasets.ts");
      await runFetchDataset({ ...options, name }, io);
    });
  datasets
    .command("path")
    .description("verify a data set that is here, and print its folder; uses no network")
    .addArgument(datasetName())
    .addOption(cacheDir())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ ls $(mhgan datasets path fashion-mnist)\n")
    .action(async (name, options) => {
      const { runLocateDataset } = await import("../commands/datasets.ts");
      await runLocateDataset({ ...options, name }, io);
    });
}

const datasetName = () => new Argument("<name>", "which data set").choices(datasetNames);
const cacheDir = () =>
  new Option("--cache-dir <folder>", "where downloads are kept (default: mhgan/<name> in the user's cache)");
