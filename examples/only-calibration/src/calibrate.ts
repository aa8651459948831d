import {
  type CalibratorComparison,
  compareCalibrators,
  identityCalibrator,
  standardCalibrators,
} from "@mhgan/calibration";
import { type Email, readEmails } from "./emails.ts";
import { logitOf, trainNaiveBayes } from "./naive-bayes.ts";
import type { SpamFilter } from "./spam-filter.ts";

export interface Calibration {
  readonly comparison: CalibratorComparison;
  /** With the classifier's own log odds, and with those of the calibrator that was best. */
  readonly filters: Readonly<Record<"before" | "after", SpamFilter>>;
  /** What neither the classifier nor the calibrator has seen. */
  readonly unseen: readonly Email[];
}

/** Trains the classifier on a third of the emails, and chooses and fits its calibrator on another. */
export function calibrateSpamFilter(): Calibration {
  const { train, calibrate, judge } = readEmails();
  const classifier = trainNaiveBayes(train);
  const logits = Float64Array.from(calibrate, ({ words }) => logitOf(classifier, words));
  const labels = Float64Array.from(calibrate, ({ isSpam }) => Number(isSpam));

  const calibrators = standardCalibrators({ input: "logit" });
  const comparison = compareCalibrators(logits, labels, { calibrators, seed: 1 });
  const calibrator = calibrators[comparison.ranking[0]!.name]!(logits, labels, {});
  return {
    comparison,
    filters: {
      before: { classifier, calibrator: identityCalibrator({ input: "logit" }) },
      after: { classifier, calibrator },
    },
    unseen: judge,
  };
}
