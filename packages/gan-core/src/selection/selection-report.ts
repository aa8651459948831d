import { rocAuc } from "@mhgan/calibration";
import type { CalibratedGan } from "../calibrated-gan.ts";
import { energyDistances, standardErrorOfDifference } from "./energy-distance.ts";
import { type MeasureSelectionOptions, measureSamples } from "./measured-samples.ts";

/** What selection by the weights rests on, measured on held-out real and fresh generated samples. */
export interface SelectionReport {
  /** Area under the ROC curve of the log weights. */
  readonly auc: number;
  /** Mean weight of generated samples: 1 if the calibration is right. */
  readonly meanWeight: number;
  /** w*, the largest p/q that the calibrator can give: what an exact draw costs in proposals. */
  readonly maxWeight: number;
  /** Kish effective sample size of the weighted samples over their number. */
  readonly effectiveShare: number;
  /** The share of the generated samples that carries half of the weight. */
  readonly halfWeightShare: number;
  /** How far generated samples are from real ones, plain and weighted, by a measure that no critic was trained for. */
  readonly twoSample: TwoSampleMeasure;
  /** How many samples all this was measured on. */
  readonly samples: {
    /** Real ones. */
    readonly real: number;
    /** Generated ones. */
    readonly fake: number;
  };
  /** What makes selection doubtful. */
  readonly warnings: readonly SelectionWarning[];
}

/** Energy distances between real and generated samples, 0 for the same law. */
export interface TwoSampleMeasure {
  /** Of the generator's own samples. */
  readonly raw: number;
  /** Of the weighted samples: of exact draws. */
  readonly weighted: number;
  /** Standard error of their difference. */
  readonly standardError: number;
}

/** A reason to distrust selection. */
export interface SelectionWarning {
  /**
   * `"sliver"`: a few proposals make most draws. `"separable"`: hardly a generated sample looks real to the critic, so that it may go by
   * artifacts. `"mean-weight"`: the weights are not calibrated. `"unbounded"`: no weight is the largest. `"no-gain"`: weighted samples are not
   * clearly closer to real ones.
   */
  readonly kind: "sliver" | "separable" | "mean-weight" | "unbounded" | "no-gain";
  /** What is wrong and what helps. */
  readonly message: string;
}

/**
 * Says whether the weights of a calibrated GAN can be trusted to pick its samples.
 *
 * A discriminator can be sharp and calibrated and still make samples worse, by what it goes by: then a sliver of the proposals makes
 * all draws, and a measure it was not trained for shows no gain. Both are looked for here, on samples of their own.
 *
 * @param calibrated - what `calibrateGan` gave.
 * @returns Figures, and a warning for each that is bad. O((real + fakeCount)²).
 * @throws {RangeError} if an option is off or a number is not finite.
 * @throws {TypeError} if neither samples nor features are numbers.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts
 * import { calibrateGan, type Gan, selectionReport } from "@mhgan/gan-core";
 * import { normal, randomStream } from "@mhgan/mcmc";
 * // Data of normal(1, 1), a generator of normal(0, 1), and a critic that has it the wrong way round.
 * const gan: Gan<number[]> = {
 *   output: "logit",
 *   generate: (count, random) => Array.from({ length: count }, () => normal(random)),
 *   score: (batch) => batch.map((x) => 0.5 - x),
 * };
 * const random = randomStream(1);
 * const real = Array.from({ length: 2000 }, () => 1 + normal(random));
 * const calibrated = await calibrateGan(gan, { real, calibrator: "identity", seed: 1 });
 * const { warnings } = await selectionReport(calibrated, { real, fakeCount: 500, seed: 1 });
 * warnings.some(({ kind }) => kind === "no-gain"); // => true
 * ```
 */
export async function selectionReport<Batch>(
  calibrated: CalibratedGan<Batch>,
  options: MeasureSelectionOptions<Batch>,
): Promise<SelectionReport> {
  const samples = await measureSamples("selectionReport", calibrated, options);
  const { real, realLogWeights, fake, fakeLogWeights } = samples;
  const weights = fakeLogWeights.map(Math.exp);
  const count = weights.length;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  const [raw, weighted] = energyDistances(real, fake, [new Float64Array(count).fill(1), weights]);
  const scores = Float64Array.from([...realLogWeights, ...fakeLogWeights]);
  const labels = new Uint8Array(scores.length).fill(1, 0, realLogWeights.length);
  const figures = {
    auc: rocAuc(scores, labels),
    meanWeight: sum / count,
    maxWeight: calibrated.report.maxWeight,
    effectiveShare: sum ** 2 / (squares * count),
    halfWeightShare: halfWeightShare(weights, sum),
    twoSample: {
      raw: raw!.distance,
      weighted: weighted!.distance,
      standardError: standardErrorOfDifference(raw!, weighted!),
    },
    samples: { real: realLogWeights.length, fake: count },
  };
  return { ...figures, warnings: warningsOf(figures) };
}

function halfWeightShare(weights: Float64Array, sum: number): number {
  const descending = Float64Array.from(weights).sort().reverse();
  let above = 0;
  const needed = descending.findIndex((weight) => {
    above += weight;
    return above >= sum / 2;
  });
  return (needed + 1) / weights.length;
}

function warningsOf(report: Omit<SelectionReport, "warnings">): SelectionWarning[] {
  const { auc, meanWeight, maxWeight, effectiveShare, halfWeightShare: half, twoSample, samples } = report;
  const warnings: SelectionWarning[] = [];
  const warn = (kind: SelectionWarning["kind"], message: string): void => {
    warnings.push({ kind, message });
  };
  if (half < 0.01) {
    warn(
      "sliver",
      `Half of the draws would come from ${percent(half)} of the proposals; select less, with budgetedRejection or tempered weights (chooseStrength).`,
    );
  }
  if (auc > 0.98) {
    warn(
      "separable",
      `An AUC of ${auc.toFixed(3)} says that hardly a generated sample looks real: the critic may go by artifacts; show it features that matter, or train it for fewer steps.`,
    );
  }
  // Four standard errors of the mean.
  if (Math.abs(meanWeight - 1) > 0.05 + 4 * Math.sqrt((1 / effectiveShare - 1) / samples.fake)) {
    warn(
      "mean-weight",
      `The mean weight is ${meanWeight.toPrecision(3)}, not 1: the scores are not calibrated; give calibrateGan more real samples, or another calibrator.`,
    );
  }
  if (maxWeight === Infinity) {
    warn(
      "unbounded",
      "No weight is the largest, so that chains can freeze: use a calibrator with a bound, such as isotonic.",
    );
  }
  const gain = twoSample.raw - twoSample.weighted;
  if (!(gain > 2 * twoSample.standardError)) {
    const [raw, weighted, error] = [twoSample.raw, twoSample.weighted, twoSample.standardError].map((value) =>
      value.toPrecision(2),
    );
    const distances = `energy distance ${weighted}, without weights ${raw}, standard error of the difference ${error}`;
    warn(
      "no-gain",
      gain < 0
        ? `Weights bring the generated samples farther from held-out real ones (${distances}): do not select by them.`
        : `It is not certain that weights bring the generated samples closer to held-out real ones (${distances}): see what less selection does, by chooseStrength.`,
    );
  }
  return warnings;
}

const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;
