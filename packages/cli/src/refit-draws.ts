import {
  type CalibrationReport,
  type CalibratorName,
  calibrateGan,
  chooseStrength,
  type Features,
  type Gan,
  type GanSampleInfo,
  type SelectionReport,
  type StrengthPoint,
  selectionReport,
} from "@mhgan/gan-core";
import { type RefitReport, refitDiscriminator } from "@mhgan/gan-core/tfjs";
import type { RandomStream, Selector } from "@mhgan/mcmc";
import type * as tf from "@tensorflow/tfjs-core";
import type { Io } from "./io.ts";
import { progress } from "./progress.ts";

/** Options of {@link refitDraws}. */
export interface RefitDrawsOptions {
  readonly gan: Gan<tf.Tensor>;
  /** Real samples to train critics on, and others to calibrate on. */
  readonly training: tf.Tensor;
  readonly heldOut: tf.Tensor;
  readonly features?: Features<tf.Tensor>;
  readonly critics: number;
  readonly steps: number;
  readonly calibrator: CalibratorName;
  readonly draws: number;
  /** What selects; default: budgeted rejection of the strength that does best on held-out data. */
  readonly sampler?: Selector;
  readonly random: RandomStream;
}

/** Draws by a discriminator that was trained anew, and all that is known of it. */
export interface RefitDraws {
  readonly samples: tf.Tensor;
  readonly info: GanSampleInfo;
  readonly refit: RefitReport;
  readonly calibration: CalibrationReport;
  readonly selection: SelectionReport;
  readonly strengths?: readonly StrengthPoint[];
}

/** Trains a fresh discriminator on the finished generator, calibrates it, and draws by it. */
export async function refitDraws(options: RefitDrawsOptions, io: Io): Promise<RefitDraws> {
  const { gan, training, heldOut, critics, steps, calibrator, draws, random } = options;
  const features = options.features && { features: options.features };
  const bar = progress(io.stderr, "refit", critics * steps, "steps");
  const refit = await refitDiscriminator(gan, {
    real: training,
    heldOutShare: 0,
    ...features,
    critics,
    steps,
    seed: random.split("refit"),
    signal: io.signal,
    onProgress: ({ critic, step }) => bar.update((critic - 1) * steps + step),
  });
  bar.finish();
  try {
    const calibrated = await calibrateGan(refit.gan, {
      real: heldOut,
      calibrator,
      seed: random.split("calibration"),
    });
    const held = { real: heldOut, ...features, fakeCount: 4096, signal: io.signal };
    const selection = await selectionReport(calibrated, { ...held, seed: random.split("report") });
    for (const { message } of selection.warnings) io.stderr.write(`${message}\n`);
    const chosen = options.sampler
      ? undefined
      : await chooseStrength(calibrated, { ...held, seed: random.split("strength") });
    const { samples, info } = await calibrated.sample({
      draws,
      sampler: options.sampler ?? chosen!.selector,
      seed: random.split("samples"),
      batchSize: 1024,
      signal: io.signal,
    });
    const { report } = refit;
    return {
      samples,
      info,
      refit: report,
      calibration: calibrated.report,
      selection,
      ...(chosen && { strengths: chosen.curve }),
    };
  } finally {
    refit.dispose();
  }
}
