import { type Command, InvalidArgumentError, Option } from "commander";
import { methodNames } from "../methods.ts";
import { wholeNumber } from "./options.ts";

/** Adds the options that say how to select. */
export function withMethod(
  command: Command,
  methods: readonly string[] = methodNames,
  fallback: string | null = "mh",
): Command {
  const method = new Option(
    "--method <name>",
    "how to select: Metropolis-Hastings, perfect sampling, rejection, budgeted rejection, discriminator rejection, importance resampling, i-SIR, or what is recommended",
  ).choices(methods);
  return command
    .addOption(fallback === null ? method : method.default(fallback))
    .addOption(wholeNumber("--chain-length <k>", "proposals each chain of mh sees (default: 640)"))
    .addOption(
      wholeNumber("--candidates <n>", "proposals that compete: of sir, of each step of i-sir, of drs"),
    )
    .addOption(wholeNumber("--steps <n>", "steps of an i-sir chain (default: 4)"))
    .addOption(number("--budget <n>", "proposals that a draw may take on average: of obrs and auto"))
    .addOption(number("--gamma <value>", "γ of drs (default: the 80th percentile)"))
    .addOption(number("--total-variation <value>", "how close to the data auto has to come (default: 0.01)"))
    .addOption(number("--temper <power>", "raise the weights to this power first, in (0, 1]"));
}

/** An option that is a finite number. */
export function number(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It must be a number.");
    return value;
  });
}
