import { cosineDecay, trainGan } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import type { Networks } from "./networks.ts";
import { data, type Recipe } from "./recipe.ts";
import { regularisedLoss } from "./regularised-loss.ts";

/** The points that a GAN is trained on. */
export function trainingPointsOf({ trainingPoints }: Recipe, random: RandomStream): Float32Array {
  return Float32Array.from(data.sample(trainingPoints, random.split("training data")));
}

/** Trains two networks with random weights by a recipe, in place. All randomness comes from the stream. */
export async function train(
  networks: Networks,
  recipe: Recipe,
  random: RandomStream,
  onStep: (step: number) => void,
): Promise<void> {
  const { trainingPoints, penalty, batchSize, steps, learningRate, beta1, beta2, generatorAverage } = recipe;
  const points = trainingPointsOf(recipe, random);
  let updates = 0;
  await trainGan({
    ...networks,
    real: { data: points, shape: [trainingPoints, 2] },
    loss: regularisedLoss(networks.discriminator, points, {
      // One update of the discriminator a step.
      gamma: () => penalty.first * (penalty.last / penalty.first) ** (updates++ / steps),
      batchSize,
      random: random.split("penalty"),
    }),
    steps,
    batchSize,
    learningRate,
    schedule: cosineDecay(recipe.learningRateFloor),
    beta1,
    beta2,
    generatorAverage,
    seed: random.split("training"),
    onProgress: ({ step }) => onStep(step),
  });
}
