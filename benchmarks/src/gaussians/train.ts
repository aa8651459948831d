import { cosineDecay, trainGan } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import { type Networks, networksOf } from "./networks.ts";
import { data, type Recipe } from "./recipe.ts";
import { regularisedLoss } from "./regularised-loss.ts";

/** Trains the two networks of a recipe from scratch. All randomness comes from the stream. */
export async function train(
  recipe: Recipe,
  random: RandomStream,
  onStep: (step: number) => void,
): Promise<Networks> {
  const { trainingPoints, penalty, batchSize, steps, learningRate, beta1, beta2, generatorAverage } = recipe;
  const networks = networksOf(recipe, random);
  const points = Float32Array.from(data.sample(trainingPoints, random.split("training data")));
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
  return networks;
}
