import { standardCalibrators } from "@mhgan/calibration";
import { backendNames } from "@mhgan/gan-core";
import { InvalidArgumentError, Option } from "commander";

// Options that several commands share. Each call makes a new one, as commander changes what it is given.

/** The seed of all that is random. */
export const seed = (): Option => wholeNumber("--seed <n>", "seed of everything random", 1, 0);

export const calibrator = (): Option =>
  new Option("--calibrator <name>", "how scores of the discriminator become probabilities")
    .choices(Object.keys(standardCalibrators({ input: "unbounded" })))
    .default("isotonic");

/** Without a number, so many steps. */
export const refit = (steps: number): Option =>
  parsedAsWholeNumber(
    new Option(
      "--refit [steps]",
      `train a fresh discriminator on the finished generator, in so many steps (preset: ${steps}), and show its draws too`,
    ).preset(steps),
  );

/** Of commands on a run's folder that was refitted. */
export const byRefit = (): Option =>
  new Option("--refit", "go by the critics of mhgan refit instead of the GAN's own discriminator").default(
    false,
  );

export const force = (): Option =>
  new Option("--force", "begin anew, and replace what is finished and what rests on it").default(false);

export const json = (): Option => new Option("--json", "print the result as one line of JSON").default(false);

export const backend = (): Option =>
  new Option("--backend <name>", "TensorFlow.js engine (default: the best that loads)").choices(backendNames);

/** An option that is a whole number from `least`; without a default if `value` is undefined. */
export function wholeNumber(flags: string, description: string, value?: number, least = 1): Option {
  const option = new Option(flags, description);
  return parsedAsWholeNumber(value === undefined ? option : option.default(value), least);
}

function parsedAsWholeNumber(option: Option, least = 1): Option {
  return option.argParser((text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    }
    return number;
  });
}
