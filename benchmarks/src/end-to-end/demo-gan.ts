import { twentyFiveGaussians } from "@mhgan/datasets";
import { cosineDecay, fromTfjs, multilayerPerceptron, trainGan } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import { tensor2d } from "@tensorflow/tfjs-core";
import type { RawGan } from "./raw-gan.ts";

const TRAINING_POINTS = 64_000;
const HELD_OUT_POINTS = 20_000;

/** The GAN of 25 Gaussians that `mhgan demo --seed 1` trains: half a minute on an idle machine. */
export async function demoGan(log: (line: string) => void): Promise<RawGan> {
  const root = randomStream(1);
  const data = twentyFiveGaussians({ standardize: true });
  const training = Float32Array.from(data.sample(TRAINING_POINTS, root.split("training data")));
  const heldOut = Float32Array.from(data.sample(HELD_OUT_POINTS, root.split("held-out data")));
  const generator = multilayerPerceptron({ inputs: 2, outputs: 2, random: root.split("generator") });
  const discriminator = multilayerPerceptron({ inputs: 2, outputs: 1, random: root.split("discriminator") });
  log("end-to-end: training the GAN of 25 Gaussians");
  await trainGan({
    generator,
    discriminator,
    real: { data: training, shape: [TRAINING_POINTS, 2] },
    heldOutShare: 0,
    steps: 4000,
    batchSize: 256,
    learningRate: 2e-3,
    schedule: cosineDecay(),
    beta1: 0.5,
    beta2: 0.9,
    generatorAverage: 0.999,
    seed: root.split("training"),
  });
  const gan = fromTfjs(generator, discriminator, { output: "unbounded" });
  const real = tensor2d(heldOut, [HELD_OUT_POINTS, 2]);
  const realScores = Float64Array.from(await gan.score(real));
  real.dispose();
  return { generator, discriminator, realScores };
}
