import { type RandomStream, randomStream } from "@mhgan/mcmc";
import { type CalibrateGanOptions, calibrateGan } from "../../calibrate-gan.ts";
import type { CalibratedGan } from "../../calibrated-gan.ts";
import type { Gan } from "../../gan.ts";
import type { PlainSamples } from "../../plain-samples.ts";
import { type ChosenStrength, chooseStrength } from "../../selection/choose-strength.ts";
import { type SelectionReport, selectionReport } from "../../selection/selection-report.ts";
import {
  type RefitDiscriminator,
  type RefitDiscriminatorOptions,
  type RefitReport,
  refitDiscriminator,
} from "./refit-discriminator.ts";

/** Options of {@link refitGan}. */
export interface RefitGanOptions<Batch> extends RefitDiscriminatorOptions<Batch> {
  /**
   * Real samples to calibrate with that are not among `real`; they also start the chains, so keep them until sampling is done. Default: a share of
   * `real`, `heldOutShare`.
   */
  readonly heldOut?: NoInfer<Batch> | PlainSamples;
  /** As `calibrateGan` takes it. Default `"isotonic"`. */
  readonly calibrator?: NonNullable<CalibrateGanOptions<Batch>["calibrator"]>;
  /** Samples to generate for the report and for choosing the strength. Default 8192. Time grows with its square. */
  readonly measuredCount?: number;
}

/** A GAN with a discriminator of its own making, calibrated, and what is known of it. */
export interface RefitGan<Batch> {
  /** Ready to sample. */
  readonly calibrated: CalibratedGan<Batch>;
  /** The critics, to save: see `criticGan`. */
  readonly critics: RefitDiscriminator<Batch>["critics"];
  /** How the training of the critics went. */
  readonly refit: RefitReport;
  /** What selection rests on, with warnings. */
  readonly selection: SelectionReport;
  /** How hard to select: its `selector` is the weakest that does as well as any on held-out samples. */
  readonly strength: ChosenStrength;
  /** Frees the critics and the held-out share of `real`. Nothing can be sampled any more then. */
  dispose(): void;
}

/**
 * All of it in one call: trains a fresh discriminator on the finished generator, calibrates it on samples that no critic met, says what
 * selection by it rests on, and chooses how hard to select.
 *
 * @param gan - finished: its generator is not trained any further.
 * @throws as `refitDiscriminator`, `calibrateGan` and `chooseStrength`.
 * @throws the signal's reason once `signal` is aborted.
 * @example
 * ```ts given features gan real
 * import { refitGan } from "@mhgan/gan-core/tfjs";
 * const { calibrated, selection, strength, dispose } = await refitGan(gan, { real, features, critics: 2, steps: 50, seed: 1 });
 * for (const { message } of selection.warnings) console.warn(message);
 * const { samples } = await calibrated.sample({ draws: 64, sampler: strength.selector, seed: 1 });
 * dispose();
 * ```
 */
export async function refitGan<Batch>(
  gan: Gan<Batch>,
  options: RefitGanOptions<Batch>,
): Promise<RefitGan<Batch>> {
  const { heldOut, calibrator, measuredCount, ...refitOptions } = options;
  const { features, signal } = options;
  const random: RandomStream = typeof options.seed === "function" ? options.seed : randomStream(options.seed);
  const shared = { ...(features && { features }), ...(signal && { signal }) };
  const refit = await refitDiscriminator(gan, {
    ...(heldOut !== undefined && { heldOutShare: 0 }),
    ...refitOptions,
    seed: random.split("refit"),
  });
  try {
    const held = heldOut ?? refit.heldOut;
    const calibrated = await calibrateGan(refit.gan, {
      real: held,
      ...(calibrator !== undefined && { calibrator }),
      ...(signal && { signal }),
      seed: random.split("calibration"),
    });
    const measured = {
      real: held,
      ...shared,
      ...(measuredCount !== undefined && { fakeCount: measuredCount }),
    };
    const selection = await selectionReport(calibrated, { ...measured, seed: random.split("selection") });
    const strength = await chooseStrength(calibrated, { ...measured, seed: random.split("strength") });
    const { critics, report, dispose } = refit;
    return { calibrated, critics, refit: report, selection, strength, dispose };
  } catch (error) {
    refit.dispose();
    throw error;
  }
}
