import { type Command, Option } from "commander";
import type { Io } from "../io.ts";
import { methodNames } from "../methods.ts";
import { scoreFormats } from "../score-files.ts";
import { withMethod } from "./method.ts";
import { json, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan select` to the commands. */
export function addSelect(mhgan: Command, io: Io): void {
  const select = mhgan
    .command("select")
    .description(
      "pick better samples of any generator by the scores of its discriminator: reads files of scores, loads no model",
    );
  select.optionsGroup("Scores:");
  select
    .requiredOption(
      "--fake <file>",
      "scores of generated samples to pick from: .csv, .tsv, .npy, .npz, .jsonl, or -",
    )
    .requiredOption("--real <file>", "scores of real samples that training never saw, or -")
    .addOption(
      new Option("--format <name>", "format of -, and of files with other names").choices(scoreFormats),
    )
    .option(
      "--column <name>",
      "column of a CSV file, by name or number from 0; key of JSON lines; array of NPZ",
    )
    .option("--real-column <name>", "the same for --real, if it is another")
    .option("--header", "the first line of a CSV file holds names (default: if it is no number)")
    .option("--no-header", "it does not")
    .addOption(
      new Option("--output <kind>", "what the scores say")
        .choices(["probability", "logit", "unbounded"])
        .default("unbounded"),
    )
    .addOption(
      new Option("--calibrator <name>", "how scores become probabilities")
        .choices(["isotonic", "centred-isotonic", "venn-abers", "platt", "temperature", "beta", "identity"])
        .default("isotonic"),
    );
  select.optionsGroup("Sampler:");
  withMethod(
    select.addOption(
      wholeNumber("--draws <n>", "how many to pick (default: as many as the scores are enough for)"),
    ),
    new Option("--method <name>", "how to pick").choices(methodNames).default("mh"),
  )
    .option("--reuse", "let a proposal serve several draws: each is taken at random from all of them", false)
    .option("--shuffle", "take the proposals in random order, if they were not made so", false)
    .addOption(seed());
  select.optionsGroup("Result:");
  select
    .option(
      "--out <file>",
      "where indices or weights go: .csv, .npy or .jsonl (default: CSV to standard output)",
    )
    .option("--explain", "say how good the scores are, and what each sampler would make of them", false)
    .addOption(json())
    .addHelpText("after", EXAMPLES)
    .action(async (options) => {
      const { runSelect } = await import("../commands/select.ts");
      await runSelect(options, io);
    });
}

const EXAMPLES = `
Samplers, by --method: mh (Metropolis-Hastings), i-sir (iterated importance resampling), sir (importance resampling),
rejection, drs (discriminator rejection), obrs (budgeted rejection), perfect (coupling from the past), auto (the best that
the scores can pay), and weights (all proposals, weighted).

Indices count the fake scores from 0. Without --reuse every score is given to one draw only, in order.

Examples:
  $ mhgan select --fake fake.npy --real real.csv --draws 1000 --out picked.csv
  $ mhgan select --fake fake.npy --real real.npy --method auto --draws 1000 --explain --out picked.npy
  $ cat scores.jsonl | mhgan select --fake - --format jsonl --real real.npy --method weights > weights.csv
`;
