import { cosineDecay, nonSaturatingLoss, r1Penalty, trainGan } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import type { Networks } from "./networks.ts";
import { data, type Recipe } from "./recipe.ts";

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
  await trainGan({
    ...networks,
    real: { data: points, shape: [trainingPoints, 2] },
    // The points that calibrate are drawn apart from these.
    heldOutShare: 0,
    loss: nonSaturatingLoss(),
    penalty: r1Penalty({ weight: penalty.first }),
    penaltySchedule: (step, totalSteps) => (penalty.last / penalty.first) ** (step / totalSteps),
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
