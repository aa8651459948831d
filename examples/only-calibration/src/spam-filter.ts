import { readFileSync, writeFileSync } from "node:fs";
import { type Calibrator, calibratorFromJSON } from "@mhgan/calibration";
import { logitOf, type NaiveBayes } from "./naive-bayes.ts";

/** A classifier, and what makes probabilities of its log odds. */
export interface SpamFilter {
  readonly classifier: NaiveBayes;
  readonly calibrator: Calibrator;
}

/** The probability that each email is spam. */
export function spamProbabilities(
  { classifier, calibrator }: SpamFilter,
  emails: readonly (readonly string[])[],
): Float64Array {
  return calibrator.predict(emails.map((words) => logitOf(classifier, words)));
}

/** Writes a filter as JSON: a calibrator has `toJSON`. */
export function saveSpamFilter(path: string, filter: SpamFilter): void {
  writeFileSync(path, JSON.stringify(filter));
}

/**
 * Reads a filter that {@link saveSpamFilter} wrote. Its probabilities are the same to the last bit.
 *
 * @throws {RangeError} or {TypeError} if the calibrator in it is none.
 */
export function loadSpamFilter(path: string): SpamFilter {
  const { classifier, calibrator } = JSON.parse(readFileSync(path, "utf8")) as {
    readonly classifier: NaiveBayes;
    readonly calibrator: unknown;
  };
  return { classifier, calibrator: calibratorFromJSON(calibrator) };
}
