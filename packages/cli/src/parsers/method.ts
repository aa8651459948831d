import { type Command, InvalidArgumentError, Option } from "commander";
import type { Gamma } from "../methods.ts";
import { wholeNumber } from "./options.ts";

/** Adds `--method`, and the options of the samplers that it names. */
export function withMethod(command: Command, method: Option): Command {
  return command
    .addOption(method)
    .addOption(wholeNumber("--chain-length <k>", "mh: proposals that a chain sees (default: 640)"))
    .addOption(
      new Option(
        "--restart <how>",
        "mh, i-sir: what a chain does that never left its start (default: same-proposals)",
      ).choices(["same-proposals", "fresh"]),
    )
    .addOption(
      wholeNumber(
        "--candidates <n>",
        "i-sir, sir, drs: proposals that compete (default: 16 a step, 64 a draw, at most 640 a draw)",
      ),
    )
    .addOption(wholeNumber("--steps <n>", "i-sir: steps of a chain (default: 4)"))
    .addOption(
      number("--budget <share>", "obrs: share of the proposals to accept (default: 0.25)", aboveZero(1)),
    )
    .addOption(
      new Option(
        "--gamma <number>",
        "drs: what is subtracted; the larger, the stricter; 80% takes that percentile (default: 0)",
      ).argParser(gamma),
    )
    .addOption(number("--total-variation <tv>", "auto: how close to the data draws are to be", aboveZero(1)))
    .addOption(
      number("--proposals-per-draw <n>", "auto: what a draw may cost (default: what there is)", {
        isRight: (value) => value >= 1,
        needed: "a number from 1",
      }),
    )
    .addOption(
      number("--temper <power>", "raise weights to this power: below 1 selects less, above 1 more", {
        isRight: (value) => value >= 0,
        needed: "a number from 0",
      }).default(1),
    );
}

/** What numbers are right, and how that is said. */
export interface Range {
  readonly isRight: (value: number) => boolean;
  readonly needed: string;
}

/** Above 0, and at most so much. */
export const aboveZero = (most: number): Range => ({
  isRight: (value) => value > 0 && value <= most,
  needed: `a number above 0, at most ${most}`,
});

/** An option that is a number within a range. */
export function number(flags: string, description: string, { isRight, needed }: Range): Option {
  return new Option(flags, description).argParser((text) => {
    const value = decimal(text);
    if (value === undefined || !isRight(value)) throw new InvalidArgumentError(`It must be ${needed}.`);
    return value;
  });
}

function gamma(text: string): Gamma {
  const percentile = text.endsWith("%") ? decimal(text.slice(0, -1)) : undefined;
  if (percentile !== undefined && percentile >= 0 && percentile <= 100) return { percentile };
  const value = decimal(text);
  if (value === undefined)
    throw new InvalidArgumentError("It must be a number, or a percentile such as 80%.");
  return value;
}

const decimal = (text: string): number | undefined =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : undefined;
