import { type CalibratedGan, calibrateGan, type Gan } from "@mhgan/gan-core";
import { refitDiscriminator } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import { type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { data } from "./recipe.ts";

/** Points held out from training, to calibrate on and to start chains from. */
export const HELD_OUT_POINTS = 20_000;
/** Generated samples to calibrate on and to learn rules from: more than real ones, since they cost next to nothing. */
export const FAKE_SAMPLES = 100_000;
/** Most serve the fit; the report and the rules that selectors learn need fewer. */
export const EVALUATION_SHARE = 0.1;

/** One GAN with the weights that samplers are compared on. */
export interface Critics {
  /** The GAN's own discriminator as it is: what discriminator rejection used in the paper. */
  readonly identity: CalibratedGan<Tensor>;
  /** The GAN's own discriminator after isotonic calibration. */
  readonly own: CalibratedGan<Tensor>;
  /** The same after it was trained on against the finished generator. */
  readonly trainedOn: CalibratedGan<Tensor>;
  /** A fresh discriminator, trained on the finished generator, after isotonic calibration. */
  readonly refit: CalibratedGan<Tensor>;
  dispose(): void;
}

/** Which weights a sampler works on. */
export type CriticName = Exclude<keyof Critics, "dispose">;

/** Calibrates what weighs the proposals, on points of their own. */
export async function criticsOf(
  { gan, trainedOn }: { readonly gan: Gan<Tensor>; readonly trainedOn: Gan<Tensor> },
  training: Float32Array,
  random: RandomStream,
): Promise<Critics> {
  const points = Float32Array.from(data.sample(HELD_OUT_POINTS, random.split("held-out data")));
  const real = tensor2d(points, [HELD_OUT_POINTS, 2]);
  const shared = {
    real,
    fakeCount: FAKE_SAMPLES,
    evaluationShare: EVALUATION_SHARE,
    seed: random.split("calibration"),
  };
  const trainingRows = tensor2d(training, [training.length / 2, 2]);
  const refitted = await refitDiscriminator(gan, {
    real: trainingRows,
    heldOutShare: 0,
    seed: random.split("refit"),
  });
  trainingRows.dispose();
  return {
    identity: await calibrateGan(gan, { ...shared, calibrator: "identity" }),
    own: await calibrateGan(gan, { ...shared, calibrator: "isotonic" }),
    trainedOn: await calibrateGan(trainedOn, { ...shared, calibrator: "isotonic" }),
    refit: await calibrateGan(refitted.gan, { ...shared, calibrator: "isotonic" }),
    dispose: () => {
      refitted.dispose();
      real.dispose();
    },
  };
}
