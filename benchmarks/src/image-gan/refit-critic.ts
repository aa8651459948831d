import { trainImageFeatures } from "@mhgan/cli";
import { type CalibratedGan, calibrateGan, chooseStrength, type Gan } from "@mhgan/gan-core";
import { refitDiscriminator } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { GanFolder } from "./gan-folder.ts";

/** What was chosen on other GANs and on images that the final figures do not see; docs/image-gan.md says how. */
export const REFIT = {
  /** Of the training images, those that networks and critics learn from. */
  images: 20_000,
  /** Classifiers of different seeds, each with a critic of its own on its features. */
  networks: 4,
  networkSteps: 800,
  criticSteps: 1500,
  /** Generated images that each critic learns from. */
  fakes: 20_000,
};

/** A critic that is the mean of several, and what held-out images say of how hard to select by it. */
export interface RefitCritic {
  readonly calibrated: CalibratedGan<tf.Tensor>;
  readonly chosenProposalsPerDraw: number;
}

/** Trains fresh critics on the finished generator, each on what a classifier of its own sees, and calibrates their mean logit. */
export async function refitCritic(
  { gan, training, heldOut }: GanFolder,
  random: RandomStream,
  log: (line: string) => void,
): Promise<RefitCritic> {
  const { height, width } = training;
  const size = height * width;
  const images = training.images.slice(0, REFIT.images * size);
  const labels = training.labels.slice(0, REFIT.images);
  const real = tf.tensor(images, [REFIT.images, height, width, 1]);
  const critics: Gan<tf.Tensor>[] = [];
  for (let number = 0; number < REFIT.networks; number++) {
    const stream = random.split("network").split(number);
    const { features } = await trainImageFeatures({
      images,
      labels,
      height,
      width,
      steps: REFIT.networkSteps,
      random: stream.split("features"),
    });
    const critic = await refitDiscriminator(gan, {
      real,
      heldOutShare: 0,
      features,
      steps: REFIT.criticSteps,
      fakeCount: REFIT.fakes,
      seed: stream.split("critic"),
    });
    log(`refit: critic ${number + 1} of ${REFIT.networks}, AUC ${critic.report.auc.toFixed(3)}`);
    critics.push(critic.gan);
  }
  real.dispose();
  const calibrated = await calibrateGan(
    { ...critics[0]!, score: (batch) => meanScores(critics, batch) },
    { real: heldOut, seed: random.split("calibration") },
  );
  const { strength } = await chooseStrength(calibrated, {
    real: heldOut,
    fakeCount: 4096,
    strengths: [1, 2, 4, 8, 16],
    seed: random.split("strength"),
  });
  return { calibrated, chosenProposalsPerDraw: strength };
}

async function meanScores(critics: readonly Gan<tf.Tensor>[], batch: tf.Tensor): Promise<Float64Array> {
  const mean = new Float64Array(batch.shape[0]!);
  for (const critic of critics) {
    const scores = await critic.score(batch);
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + scores[i]! / critics.length;
  }
  return mean;
}
