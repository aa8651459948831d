import { type Command, InvalidArgumentError, Option } from "commander";
import { drawMethods, type Shard } from "../draw-methods.ts";
import type { Io } from "../io.ts";
import { withMethod } from "./method.ts";
import { backend, byRefit, force, json, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan sample` to the commands. */
export function addSample(mhgan: Command, io: Io): void {
  const command = mhgan
    .command("sample")
    .description(
      "draw a set of better samples, by the calibrated discriminator of a run or by its refitted critics",
    )
    .argument("<folder>", "folder of the run")
    .addOption(wholeNumber("--draws <n>", "samples in the set", 256))
    .addOption(byRefit())
    .option("--name <name>", "what the set is called (default: after the method)")
    .addOption(new Option("--shard <i/n>", "draw part i of n; mhgan merge joins them").argParser(shardOf))
    .addOption(
      wholeNumber("--threads <n>", "worker threads to share the draws (default: one a core, at most 4)"),
    )
    .addOption(seed());
  withMethod(
    command,
    new Option("--method <name>", "how to draw (default: mh, or chosen with --refit)").choices(drawMethods),
  )
    .addOption(force())
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      `
Methods besides those of mhgan select: none (plain samples of the generator); with --refit, chosen (as hard as held-out images chose for the critics; the default
then, else it is mh) and by-class (budgeted rejection within each class of images, so that classes that the generator makes too rarely come back; --budget 0.0625 if not given).

Examples:
  $ mhgan sample fashion --method mh --chain-length 640 --draws 1000
  $ mhgan sample fashion --refit --draws 1000 --threads 2
  $ mhgan sample fashion --refit --method by-class --budget 0.1 --draws 1000
  $ mhgan sample fashion --draws 10000 --name big --shard 1/2   # and 2/2 elsewhere, then:
  $ mhgan merge fashion --name big
`,
    )
    .action(async (folder, options) => {
      const { runSample } = await import("../commands/sample.ts");
      await runSample({ ...options, folder }, io);
    });
}

/** Adds `mhgan merge` to the commands. */
export function addMerge(mhgan: Command, io: Io): void {
  mhgan
    .command("merge")
    .description("join the shards of a set of samples into the set that one process would have drawn")
    .argument("<folder>", "folder of the run")
    .requiredOption("--name <name>", "what the set is called")
    .addOption(force())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan merge fashion --name big\n")
    .action(async (folder, options) => {
      const { runMerge } = await import("../commands/merge.ts");
      await runMerge({ ...options, folder }, io);
    });
}

function shardOf(text: string): Shard {
  const [, part, parts] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (part === undefined)
    throw new InvalidArgumentError("It must be a part of a number of parts, such as 1/4.");
  return { part: Number(part), parts: Number(parts) };
}
