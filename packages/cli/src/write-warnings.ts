import type { Io } from "./io.ts";
import { inMethodNames } from "./methods.ts";
import { prose } from "./wrapped.ts";

/** Writes what libraries warn of, a line each, in the words of the command line. */
export function writeWarnings({ stderr }: Io, warnings: readonly string[]): void {
  for (const warning of warnings) stderr.write(prose(stderr, `warning: ${inWords(warning)}\n`));
}

const inWords = (warning: string): string =>
  inMethodNames(warning)
    .replaceAll(/\btempered( weights \(chooseStrength\))?/g, "--temper")
    .replaceAll("give calibrateGan", "give the calibration");
