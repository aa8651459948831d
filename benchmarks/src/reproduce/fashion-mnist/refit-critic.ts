import { type ImageClassifier, trainImageClassifier } from "@mhgan/cli";
import { calibrateGan, chooseStrength } from "@mhgan/gan-core";
import { refitDiscriminator } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { GanFolder } from "./gan-folder.ts";
import type { Critics } from "./judged-gan.ts";

/** What was chosen on another GAN and on images that the final figures do not see: docs/image-gan.md says how. */
export const REFIT = {
  /** Of the training images, those that networks and critics learn from. */
  images: 20_000,
  /** Classifiers of different seeds, whose features critics see side by side. */
  networks: 4,
  networkSteps: 800,
  critics: 3,
  criticSteps: 150,
};

/** Critics, and how hard to select by them. */
export interface RefitCritics extends Critics {
  /** By held-out images alone. */
  readonly chosenProposalsPerDraw: number;
}

/** Trains fresh critics on the finished generator, on what several classifiers see, and calibrates their mean logit. */
export async function refitCritic(
  { gan, training, heldOut }: GanFolder,
  random: RandomStream,
  log: (line: string) => void,
): Promise<RefitCritics> {
  const { height, width } = training;
  const images = training.images.slice(0, REFIT.images * height * width);
  const labels = training.labels.slice(0, REFIT.images);
  const networks: ImageClassifier[] = [];
  for (let number = 0; number < REFIT.networks; number++) {
    log(`refit: network ${number + 1} of ${REFIT.networks}`);
    networks.push(
      await trainImageClassifier({
        images,
        labels,
        height,
        width,
        steps: REFIT.networkSteps,
        random: random.split("network").split(number),
      }),
    );
  }
  const features = (batch: tf.Tensor) =>
    tf.tidy(() =>
      tf.concat(
        networks.map((network) => network.features(batch)),
        1,
      ),
    );
  const real = tf.tensor(images, [REFIT.images, height, width, 1]);
  const refit = await refitDiscriminator(gan, {
    real,
    heldOutShare: 0,
    features,
    critics: REFIT.critics,
    steps: REFIT.criticSteps,
    seed: random.split("critics"),
    onProgress: ({ critic, step, logLoss }) => {
      if (step === REFIT.criticSteps) log(`refit: critic ${critic}, held-out log loss ${logLoss.toFixed(3)}`);
    },
  });
  real.dispose();
  const calibrated = await calibrateGan(refit.gan, { real: heldOut, seed: random.split("calibration") });
  const { strength } = await chooseStrength(calibrated, {
    real: heldOut,
    features,
    fakeCount: 4096,
    strengths: [1, 2, 4, 8, 16],
    seed: random.split("strength"),
  });
  return { calibrated, classes: networks[0]!.classes, chosenProposalsPerDraw: strength };
}
