import { type Command, Option } from "commander";
import type { Io } from "../io.ts";
import { backend, calibrator, json, refit, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan demo` to the commands. */
export function addDemo(mhgan: Command, io: Io): void {
  mhgan
    .command("demo")
    .description(
      "train a GAN on 25 Gaussians, then compare its samples with the better ones; needs no network or data",
    )
    .addOption(seed())
    .addOption(wholeNumber("--steps <n>", "training steps", 4000))
    .addOption(wholeNumber("--draws <n>", "samples in the comparison", 10_000))
    .addOption(wholeNumber("--chain-length <k>", "proposals each Metropolis-Hastings chain sees", 100))
    .addOption(calibrator())
    .addOption(refit(3000))
    .addOption(new Option("--out <folder>", "where report.html and run.json go").default("mhgan-demo"))
    .addOption(backend())
    .addOption(json())
    .addHelpText("after", "\nExample:\n  $ mhgan demo --seed 3 --out demo-3\n")
    .action(async (options) => {
      const { runDemo } = await import("../commands/demo.ts");
      await runDemo(options, io);
    });
}
