import type {
  CalibrationReport,
  CalibratorName,
  Features,
  Gan,
  GanSampleInfo,
  SelectionReport,
  StrengthPoint,
} from "@mhgan/gan-core";
import { type RefitReport, refitGan } from "@mhgan/gan-core/tfjs";
import type { RandomStream, Selector } from "@mhgan/mcmc";
import type * as tf from "@tensorflow/tfjs-core";
import type { Io } from "./io.ts";
import { progress } from "./progress.ts";
import { writeWarnings } from "./write-warnings.ts";

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
  readonly strengths: readonly StrengthPoint[];
}

/** Trains a fresh discriminator on the finished generator, calibrates it, and draws by it. */
export async function refitDraws(options: RefitDrawsOptions, io: Io): Promise<RefitDraws> {
  const { gan, training, heldOut, critics, steps, calibrator, draws, random } = options;
  const bar = progress(io.stderr, "refit", critics * steps, "steps");
  const refitted = await refitGan(gan, {
    real: training,
    heldOut,
    ...(options.features && { features: options.features }),
    critics,
    steps,
    calibrator,
    measuredCount: 4096,
    seed: random,
    signal: io.signal,
    onProgress: ({ critic, step }) => bar.update((critic - 1) * steps + step),
  });
  bar.finish();
  const { calibrated, refit, selection, strength } = refitted;
  try {
    writeWarnings(
      io,
      selection.warnings.map(({ message }) => message),
    );
    const { samples, info } = await calibrated.sample({
      draws,
      sampler: options.sampler ?? strength.selector,
      seed: random.split("samples"),
      batchSize: 1024,
      signal: io.signal,
    });
    return { samples, info, refit, calibration: calibrated.report, selection, strengths: strength.curve };
  } finally {
    refitted.dispose();
  }
}
