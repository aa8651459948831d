import { type Command, Option } from "commander";
import { type Io, UsageError } from "../io.ts";
import { backend, calibrator, json, refit, seed, wholeNumber } from "./options.ts";

/** Adds `mhgan demo` to the commands. */
export function addDemo(mhgan: Command, io: Io): void {
  mhgan
    .command("demo")
    .description(
      "train a GAN on 25 Gaussians, then compare its samples with the better ones; needs no network or data",
    )
    .option(
      "--images",
      "instead, take a GAN of Fashion-MNIST that comes with mhgan, and make the picture of its samples and the better ones",
      false,
    )
    .addOption(seed())
    .addOption(wholeNumber("--steps <n>", "training steps (default: 4000)"))
    .addOption(wholeNumber("--draws <n>", "samples in the comparison (default: 10000, of images 64)"))
    .addOption(
      wholeNumber(
        "--chain-length <k>",
        "proposals each Metropolis-Hastings chain sees (default: 100, of images 640)",
      ),
    )
    .addOption(calibrator())
    .addOption(refit(3000))
    .addOption(
      new Option(
        "--out <folder>",
        "where report.html and run.json go (default: mhgan-demo, of images mhgan-images)",
      ),
    )
    .addOption(backend())
    .addOption(json())
    .addHelpText(
      "after",
      "\nExamples:\n  $ mhgan demo --seed 3 --out demo-3\n  $ mhgan demo --images --out images\n",
    )
    .action(async ({ images, ...options }, command: Command) => {
      if (images) {
        for (const name of ["steps", "calibrator", "refit"]) {
          if (command.getOptionValueSource(name) === "cli") {
            throw new UsageError(
              `--${name} is not for --images, whose GAN was trained and calibrated before`,
            );
          }
        }
        const { runDemoImages } = await import("../commands/demo-images.ts");
        const { shippedGan } = await import("../shipped.ts");
        const { seed, backend, json, draws = 64, chainLength = 640, out = "mhgan-images" } = options;
        await runDemoImages({ seed, backend, json, draws, chainLength, out, from: shippedGan }, io);
        return;
      }
      const { runDemo } = await import("../commands/demo.ts");
      const { steps = 4000, draws = 10_000, chainLength = 100, out = "mhgan-demo", ...others } = options;
      await runDemo({ ...others, steps, draws, chainLength, out }, io);
    });
}
