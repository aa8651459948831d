import { type FitCalibrator, fitPlatt, type ScoreKind, standardCalibrators } from "@mhgan/calibration";
import { type RandomStream, randomStream, shuffle } from "@mhgan/mcmc";
import { batchOperations } from "./batch-operations.ts";
import { CalibratedGan } from "./calibrated-gan.ts";
import { calibrationReport } from "./calibration-report.ts";
import type { Gan } from "./gan.ts";
import { makePause } from "./pause.ts";
import type { PlainSamples } from "./plain-samples.ts";

/** The calibrators that have a name; the last three are for scores that are logits or probabilities. */
export type CalibratorName =
  | "isotonic"
  | "centred-isotonic"
  | "venn-abers"
  | "platt"
  | "temperature"
  | "beta"
  | "identity";

/** Options of {@link calibrateGan}. */
export interface CalibrateGanOptions<Batch> {
  /**
   * Held-out real samples: never seen in training. A batch or, where the GAN has `toBatch` as all adapters do, `{ data, shape }` or nested
   * lists, on the scale of the generator's samples. They also start the chains, so keep them until sampling is done.
   */
  readonly real: Batch | PlainSamples;
  /**
   * How scores become probabilities: a name of `standardCalibrators` of `@mhgan/calibration`, or any function that fits a calibrator to
   * labels 1 (real) and 0 (generated). Default `"isotonic"`: its extreme blocks are pooled until both classes are seen in
   * them, so that no weight is infinite. Also `"centred-isotonic"`, `"venn-abers"`, `"platt"`; where the GAN's `output` is a logit or a probability,
   * `"temperature"`, `"beta"` and `"identity"`.
   */
  readonly calibrator?: CalibratorName | FitCalibrator;
  /** Generated samples to score. Default: as many as there are real ones. */
  readonly fakeCount?: number;
  /** Share of the scores that is kept from the fit to measure it on. Default 0.5, as the MH-GAN authors' code does. */
  readonly evaluationShare?: number;
  readonly seed: number | string | RandomStream;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CalibrationProgress) => void;
}

/** How far {@link calibrateGan} is. */
export interface CalibrationProgress {
  /** Samples scored, real and generated. */
  readonly scored: number;
  readonly total: number;
}

/** Samples that are generated and scored at a time. */
const BLOCK = 4096;

/**
 * Calibrates a GAN's discriminator on held-out data, which makes its scores log weights log p(x)/q(x) for samplers.
 *
 * The calibrator is fitted on one part of the scores and reported on the other. If the two classes differ in number,
 * the log weights are shifted by log(n_fake / n_real) to stay those of real against generated.
 *
 * Generated samples are made, scored and freed some thousand at a time; all of their randomness is that of one stream.
 *
 * @throws {RangeError} if there are fewer than 4 real samples, a score is not finite (the message says which), or an option is off.
 * @throws the signal's reason once `signal` is aborted.
 * @see Turner et al., "Metropolis-Hastings generative adversarial networks", ICML 2019, section 3.2.
 */
export async function calibrateGan<Batch>(
  gan: Gan<Batch>,
  options: CalibrateGanOptions<NoInfer<Batch>>,
): Promise<CalibratedGan<Batch>> {
  const { real, calibrator: method = "isotonic", evaluationShare = 0.5 } = options;
  const random = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  if (!(evaluationShare > 0 && evaluationShare < 1)) {
    throw new RangeError(`calibrateGan: evaluationShare must be between 0 and 1, got ${evaluationShare}`);
  }
  const output = gan.output ?? "unbounded";
  const fitCalibrator = typeof method === "function" ? method : calibratorOf(method, output);

  const realScores = await finiteScores(gan, real, "real", 0);
  const { fakeCount = realScores.length, signal, onProgress } = options;
  if (realScores.length < 4 || !(Number.isInteger(fakeCount) && fakeCount >= 4)) {
    throw new RangeError(
      `calibrateGan: at least 4 real and 4 generated samples are needed, got ${realScores.length} and ${fakeCount}`,
    );
  }
  const fakeScores = new Float64Array(fakeCount);
  const fakeStream = random.split("generate");
  const { dispose } = batchOperations(gan);
  const pause = makePause();
  for (let done = 0; done < fakeCount; ) {
    onProgress?.({ scored: realScores.length + done, total: realScores.length + fakeCount });
    await pause();
    signal?.throwIfAborted();
    const count = Math.min(BLOCK, fakeCount - done);
    const fake = await gan.generate(count, fakeStream);
    try {
      fakeScores.set(await finiteScores(gan, fake, "generated", done, count), done);
    } finally {
      dispose(fake);
    }
    done += count;
  }
  onProgress?.({ scored: realScores.length + fakeCount, total: realScores.length + fakeCount });

  const [realFit, realHeld] = partition(realScores, evaluationShare, random.split("real part"));
  const [fakeFit, fakeHeld] = partition(fakeScores, evaluationShare, random.split("fake part"));
  const scores = new Float64Array([...realFit, ...fakeFit]);
  const labels = new Float64Array(scores.length).fill(1, 0, realFit.length);
  const calibrator = fitCalibrator(scores, labels, {});
  const logPrior = Math.log(fakeFit.length / realFit.length);
  const report = calibrationReport(
    calibrator,
    output,
    logPrior,
    { real: realFit, fake: fakeFit },
    { real: realHeld, fake: fakeHeld },
  );
  const fitSmooth = () => fitPlatt(scores, labels, { input: output });
  const pilotScores = fakeHeld;
  return new CalibratedGan(gan, { real, realScores, pilotScores, calibrator, fitSmooth, logPrior, report });
}

function calibratorOf(name: unknown, output: ScoreKind): FitCalibrator {
  const standard = standardCalibrators({ input: output });
  if (typeof name === "string" && Object.hasOwn(standard, name)) return standard[name]!;
  const names = Object.keys(standard).join(", ");
  throw new RangeError(
    `calibrateGan: calibrator must be a function or, for scores that are ${output}, one of ${names}, got ${String(name)}`,
  );
}

/** The scores of samples, the first of which has the number `first`; `count` is how many there must be, where that is known. */
async function finiteScores<Batch>(
  gan: Gan<Batch>,
  samples: Batch | PlainSamples,
  kind: string,
  first: number,
  count?: number,
): Promise<Float64Array> {
  const scores = Float64Array.from(await batchOperations(gan).score(samples));
  if (count !== undefined && scores.length !== count) {
    throw new RangeError(
      `calibrateGan: score must give ${count} scores for ${count} ${kind} samples, got ${scores.length}`,
    );
  }
  const bad = scores.findIndex((score) => !Number.isFinite(score));
  if (bad !== -1) {
    throw new RangeError(
      `calibrateGan: the scores of ${kind} samples must be finite, got ${scores[bad]} for sample ${first + bad}`,
    );
  }
  return scores;
}

/** Splits values at random into a part to fit on and a part to measure on; both get at least two. */
function partition(values: Float64Array, share: number, random: RandomStream): [Float64Array, Float64Array] {
  const shuffled = Float64Array.from(shuffle(random, values));
  const held = Math.min(values.length - 2, Math.max(2, Math.round(values.length * share)));
  return [shuffled.slice(held), shuffled.slice(0, held)];
}
