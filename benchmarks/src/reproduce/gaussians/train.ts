import {
  type CheckpointStore,
  cosineDecay,
  nonSaturatingLoss,
  r1Penalty,
  trainGan,
} from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import type { Networks } from "./networks.ts";
import { data, type Recipe } from "./recipe.ts";

/** The points that a GAN is trained on. */
export function trainingPointsOf({ trainingPoints }: Recipe, random: RandomStream): Float32Array {
  return Float32Array.from(data.sample(trainingPoints, random.split("training data")));
}

/** Options of {@link train}. */
export interface TrainOptions {
  readonly onStep: (step: number) => void;
  /** Stop after this step, as if it were the last: the generator then has its averaged weights. */
  readonly until?: number;
  /** Where to go on from, and where to leave off. */
  readonly checkpoints?: CheckpointStore;
}

/** Trains two networks with random weights by a recipe, in place. All randomness comes from the stream. */
export async function train(
  networks: Networks,
  recipe: Recipe,
  random: RandomStream,
  { onStep, until = recipe.steps, checkpoints }: TrainOptions,
): Promise<void> {
  const { trainingPoints, penalty, batchSize, steps, learningRate, beta1, beta2, generatorAverage } = recipe;
  const points = trainingPointsOf(recipe, random);
  const rate = cosineDecay(recipe.learningRateFloor);
  await trainGan({
    ...networks,
    real: { data: points, shape: [trainingPoints, 2] },
    // The points that calibrate are drawn apart from these.
    heldOutShare: 0,
    loss: nonSaturatingLoss(),
    penalty: r1Penalty({ weight: penalty.first }),
    penaltySchedule: (step) => (penalty.last / penalty.first) ** (step / steps),
    steps: until,
    batchSize,
    learningRate,
    schedule: (step) => rate(step, steps),
    beta1,
    beta2,
    generatorAverage,
    seed: random.split("training"),
    onProgress: ({ step }) => onStep(step),
    ...(checkpoints && { checkpoints }),
  });
}
