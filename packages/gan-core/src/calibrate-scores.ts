import { type FitCalibrator, fitPlatt, type ScoreKind, standardCalibrators } from "@mhgan/calibration";
import { type RandomStream, randomStream, shuffle } from "@mhgan/mcmc";
import { CalibratedScores, type CalibratedScoresParts } from "./calibrated-scores.ts";
import { calibrationReport } from "./calibration-report.ts";

/** The calibrators that have a name; the last three are for scores that are logits or probabilities. */
export type CalibratorName =
  | "isotonic"
  | "centred-isotonic"
  | "venn-abers"
  | "platt"
  | "temperature"
  | "beta"
  | "identity";

/** Options of {@link calibrateScores}, and those of `calibrateGan` that say how scores are calibrated. */
export interface CalibrateScoresOptions {
  /**
   * How scores become probabilities: a name of `standardCalibrators` of `@mhgan/calibration`, or any function that fits a calibrator to
   * labels 1 (real) and 0 (generated). Default `"isotonic"`: its extreme blocks are pooled until both classes are seen in
   * them, so that no weight is infinite. Also `"centred-isotonic"`, `"venn-abers"`, `"platt"`; where the GAN's `output` is a logit or a probability,
   * `"temperature"`, `"beta"` and `"identity"`.
   */
  readonly calibrator?: CalibratorName | FitCalibrator;
  /** Share of the scores that is kept from the fit to measure it on. Default 0.5, as the MH-GAN authors' code does. */
  readonly evaluationShare?: number;
  /** Seed of all random numbers, or a stream to take them from. It decides which scores are kept from the fit. */
  readonly seed: number | string | RandomStream;
}

/**
 * Calibrates scores on their own: for whoever has scores and no need of the GAN, such as a file of them from another framework.
 *
 * The calibrator is fitted on one part of the scores and reported on the other. If the two classes differ in number, the log weights are
 * shifted by log(n_fake / n_real) to stay those of real against generated.
 *
 * @param real - raw scores of held-out real samples, never seen in training.
 * @param fake - raw scores of generated samples.
 * @param options.output - what the scores say. Default `"unbounded"`.
 * @throws {RangeError} if there are fewer than 4 scores of a class, one is not finite (the message says which), or an option is off.
 * @see Turner et al., "Metropolis-Hastings generative adversarial networks", ICML 2019, section 3.2.
 * @example
 * ```ts
 * import { calibrateScores } from "@mhgan/gan-core";
 * import { normal, randomStream } from "@mhgan/mcmc";
 * // Scores of normal(1, 1) for real samples and normal(0, 1) for generated ones: the log weight of a score s is s − 1/2.
 * const random = randomStream(1);
 * const real = Array.from({ length: 5000 }, () => 1 + normal(random));
 * const fake = Array.from({ length: 5000 }, () => normal(random));
 * const calibrated = calibrateScores(real, fake, { output: "logit", calibrator: "platt", seed: 1 });
 * Math.abs(calibrated.logWeights([2])[0]! - 1.5) < 0.2; // => true
 * calibrated.predict({ chainLength: 640 }).totalVariation < 0.01; // => true
 * ```
 */
export function calibrateScores(
  real: ArrayLike<number>,
  fake: ArrayLike<number>,
  options: CalibrateScoresOptions & { readonly output?: ScoreKind },
): CalibratedScores {
  const { output = "unbounded" } = options;
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const scores = {
    real: finiteScores("calibrateScores", real, "real"),
    fake: finiteScores("calibrateScores", fake, "generated"),
  };
  return new CalibratedScores(calibratedParts("calibrateScores", scores, { ...options, output, random }));
}

/** How scores are to be calibrated, checked, before any of them is paid for. */
export function requireCalibration(
  caller: string,
  {
    calibrator = "isotonic",
    evaluationShare = 0.5,
  }: Pick<CalibrateScoresOptions, "calibrator" | "evaluationShare">,
  output: ScoreKind,
): { readonly fitCalibrator: FitCalibrator; readonly evaluationShare: number } {
  if (!(evaluationShare > 0 && evaluationShare < 1)) {
    throw new RangeError(`${caller}: evaluationShare must be between 0 and 1, got ${evaluationShare}`);
  }
  const fitCalibrator =
    typeof calibrator === "function" ? calibrator : calibratorOf(caller, calibrator, output);
  return { fitCalibrator, evaluationShare };
}

/** At least 4 scores of each class. */
export function requireScoreCounts(caller: string, real: number, fake: number): void {
  if (real < 4 || !(Number.isInteger(fake) && fake >= 4)) {
    throw new RangeError(
      `${caller}: at least 4 real and 4 generated samples are needed, got ${real} and ${fake}`,
    );
  }
}

/** Scores as numbers that are all finite; the first of them has the number `first`. */
export function finiteScores(
  caller: string,
  values: ArrayLike<number>,
  kind: "real" | "generated",
  first = 0,
): Float64Array {
  const scores = Float64Array.from(values);
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad !== -1) {
    throw new RangeError(
      `${caller}: the scores of ${kind} samples must be finite, got ${scores[bad]} for sample ${first + bad}`,
    );
  }
  return scores;
}

/** Fits on a part of the scores and measures on the rest. */
export function calibratedParts(
  caller: string,
  scores: CalibratedScoresParts["scores"],
  options: Pick<CalibrateScoresOptions, "calibrator" | "evaluationShare"> & {
    readonly output: ScoreKind;
    readonly random: RandomStream;
  },
): CalibratedScoresParts {
  const { output, random } = options;
  const { fitCalibrator, evaluationShare } = requireCalibration(caller, options, output);
  requireScoreCounts(caller, scores.real.length, scores.fake.length);
  const [realFit, realHeld] = partition(scores.real, evaluationShare, random.split("real part"));
  const [fakeFit, fakeHeld] = partition(scores.fake, evaluationShare, random.split("fake part"));
  const fitScores = new Float64Array(realFit.length + fakeFit.length);
  fitScores.set(realFit);
  fitScores.set(fakeFit, realFit.length);
  const labels = new Float64Array(fitScores.length).fill(1, 0, realFit.length);
  const calibrator = fitCalibrator(fitScores, labels, {});
  const logPrior = Math.log(fakeFit.length / realFit.length);
  const report = calibrationReport(
    calibrator,
    output,
    logPrior,
    { real: realFit, fake: fakeFit },
    { real: realHeld, fake: fakeHeld },
  );
  const fitSmooth = () => fitPlatt(fitScores, labels, { input: output });
  return { scores, pilotScores: fakeHeld, calibrator, fitSmooth, logPrior, report };
}

function calibratorOf(caller: string, name: unknown, output: ScoreKind): FitCalibrator {
  const standard = standardCalibrators({ input: output });
  if (typeof name === "string" && Object.hasOwn(standard, name)) return standard[name]!;
  const names = Object.keys(standard).join(", ");
  throw new RangeError(
    `${caller}: calibrator must be a function or, for scores that are ${output}, one of ${names}, got ${String(name)}`,
  );
}

/** Splits values at random into a part to fit on and a part to measure on; both get at least two. */
function partition(values: Float64Array, share: number, random: RandomStream): [Float64Array, Float64Array] {
  const shuffled = Float64Array.from(shuffle(random, values));
  const held = Math.min(values.length - 2, Math.max(2, Math.round(values.length * share)));
  return [shuffled.slice(held), shuffled.slice(0, held)];
}
