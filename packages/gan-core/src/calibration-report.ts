import type { Calibrator, ScoreKind } from "@mhgan/calibration";
import {
  calibrationZ,
  expectedCalibrationError,
  logLossOfLogOdds,
  meanWeightZ,
  reliabilityCurve,
  rocAuc,
  spiegelhalterZ,
} from "@mhgan/calibration";
import { kishEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
import { calibrationWarnings } from "./calibration-warnings.ts";

/** How well probabilities say what they claim, on labelled scores. */
export interface Reliability {
  /** Z of Dawid (1997), as in the MH-GAN paper: standard normal for a calibrated discriminator. */
  readonly z: number;
  /** Two-sided p-value of `z`, in [0, 1]: small where the probabilities do not say what they claim. */
  readonly pValue: number;
  /**
   * Z of Spiegelhalter (1986): standard normal too, and it sees what Dawid's cannot: probabilities too bold, or too timid, on both sides. It
   * sees the error of a fit as well: where as many scores were fitted on, it spreads about one and a half times as far.
   */
  readonly spiegelhalterZ: number;
  /** Expected calibration error over 10 bins of equal width. */
  readonly expectedCalibrationError: number;
  /** Mean prediction and share of real samples in each non-empty bin. */
  readonly curve: {
    /** Mean prediction in each bin. */
    readonly predicted: readonly number[];
    /** Share of real samples in each bin. */
    readonly observed: readonly number[];
    /** Samples in each bin, from 1. */
    readonly counts: readonly number[];
  };
}

/** What calibration did, measured on held-out scores that the calibrator was not fitted on. */
export interface CalibrationReport {
  /** The raw scores read as probabilities: logits through a sigmoid, unbounded scores clipped to [0, 1]. */
  readonly before: Reliability;
  /** The calibrated probabilities. */
  readonly after: Reliability;
  /** Area under the ROC curve of the raw scores. */
  readonly auc: number;
  /** 2(1 − AUC) of the calibrated scores: the acceptance rate that a stationary chain will have. */
  readonly predictedAcceptance: number;
  /** Mean negative log likelihood of the labels under the calibrated probabilities, in nats; ln 2 = .693 where nothing is told apart. */
  readonly logLoss: number;
  /** Mean over generated samples of p/q. 1 if the calibration is right. */
  readonly meanWeight: number;
  /** Standard error of `meanWeight`, from the spread of the weights alone. */
  readonly meanWeightError: number;
  /** The largest p/q that the calibrator can give. */
  readonly maxWeight: number;
  /**
   * Kish's effective sample size of the generated samples as weighted samples of the data, as a share of their number: little of it, and few proposals
   * carry all.
   */
  readonly relativeEffectiveSampleSize: number;
  /** Share of generated samples whose calibrated probability is exactly 0 or 1: chains can freeze there. */
  readonly plateauShare: number;
  /** How many scores the calibrator was fitted on. */
  readonly fittedOn: {
    /** Of real samples. */
    readonly real: number;
    /** Of generated samples. */
    readonly fake: number;
  };
  /** How many other scores all this was measured on. */
  readonly evaluatedOn: {
    /** Of real samples. */
    readonly real: number;
    /** Of generated samples. */
    readonly fake: number;
  };
  /** What makes the log weights doubtful, in sentences. */
  readonly warnings: readonly string[];
}

/** Measures a calibrator on labelled scores it was not fitted on. */
export function calibrationReport(
  calibrator: Calibrator,
  output: ScoreKind,
  logPrior: number,
  fitted: { readonly real: Float64Array; readonly fake: Float64Array },
  held: { readonly real: Float64Array; readonly fake: Float64Array },
): CalibrationReport {
  const scores = joined(held);
  const labels = new Uint8Array(scores.length).fill(1, 0, held.real.length);
  const calibrated = calibrator.predict(scores);
  const fakeLogOdds = calibrator.logOdds(held.fake);
  const weight = meanWeightZ(fakeLogOdds, { logPrior });
  const fakeProbabilities = calibrated.subarray(held.real.length);
  const figures = {
    before: reliability(asProbabilities(scores, output), labels),
    after: reliability(calibrated, labels),
    auc: rocAuc(scores, labels),
    predictedAcceptance: 2 * (1 - rocAuc(calibrated, labels)),
    logLoss: logLossOfLogOdds(calibrator.logOdds(scores), labels),
    meanWeight: weight.mean,
    meanWeightError: weight.standardError,
    maxWeight: Math.exp(calibrator.maxLogOdds + logPrior),
    relativeEffectiveSampleSize: kishEffectiveSampleSize(fakeLogOdds).relative,
    plateauShare: mean(fakeProbabilities.map((p) => (p === 0 || p === 1 ? 1 : 0))),
    fittedOn: { real: fitted.real.length, fake: fitted.fake.length },
    evaluatedOn: { real: held.real.length, fake: held.fake.length },
  };
  return { ...figures, warnings: calibrationWarnings(figures) };
}

function reliability(probabilities: Float64Array, labels: Uint8Array): Reliability {
  const { z, pValue } = calibrationZ(probabilities, labels);
  const curve = reliabilityCurve(probabilities, labels, { bins: 10 });
  return {
    z,
    pValue,
    spiegelhalterZ: spiegelhalterZ(probabilities, labels).z,
    expectedCalibrationError: expectedCalibrationError(curve),
    curve: {
      predicted: Array.from(curve.predicted),
      observed: Array.from(curve.observed),
      counts: Array.from(curve.counts),
    },
  };
}

function asProbabilities(scores: Float64Array, output: ScoreKind): Float64Array {
  return output === "logit"
    ? scores.map((score) => 1 / (1 + Math.exp(-score)))
    : scores.map((score) => Math.min(1, Math.max(0, score)));
}

function joined({ real, fake }: { readonly real: Float64Array; readonly fake: Float64Array }): Float64Array {
  const all = new Float64Array(real.length + fake.length);
  all.set(real);
  all.set(fake, real.length);
  return all;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
