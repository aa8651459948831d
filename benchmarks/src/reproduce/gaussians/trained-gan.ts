import type { Gan } from "@mhgan/gan-core";
import { fromTfjs } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type Networks, networksOf } from "./networks.ts";
import { discriminatorTraining, type Recipe } from "./recipe.ts";
import { train, trainingPointsOf } from "./train.ts";
import { trainDiscriminator } from "./train-discriminator.ts";
import { readWeights, writeWeights } from "./weights-file.ts";
import { weightsPath } from "./weights-path.ts";

/** A GAN of a recipe and a seed, with the networks in it. */
export interface TrainedGan extends Networks {
  readonly gan: Gan<Tensor>;
  /** The same generator with its discriminator trained on against it. */
  readonly trainedOn: Gan<Tensor>;
  /** How long training took here and now; missing if the weights lay ready. */
  readonly trainingSeconds?: number;
  dispose(): void;
}

/** The GAN that a recipe and a seed give. It is trained from scratch, unless its weights are in the cache. */
export async function trainedGan(
  recipe: Recipe,
  seed: number,
  log: (line: string) => void,
): Promise<TrainedGan> {
  const path = weightsPath(recipe, seed);
  const random = randomStream(seed);
  const networks = networksOf(recipe, random);
  const start = performance.now();
  const ready = await readWeights(networks, path);
  if (!ready) {
    await train(networks, recipe, random, {
      onStep: (step) => {
        if (step % 2500 === 0) log(`seed ${seed}: step ${step} of ${recipe.steps}`);
      },
    });
    await writeWeights(networks, path);
  }
  const seconds = Math.round((performance.now() - start) / 1000);

  const { generator, discriminator } = networks;
  const further = networksOf(recipe, random).discriminator;
  further.setWeights(discriminator.getWeights());
  const options = { ...discriminatorTraining, random: random.split("discriminator on") };
  trainDiscriminator({ generator, discriminator: further }, trainingPointsOf(recipe, random), options);
  return {
    ...networks,
    gan: fromTfjs(generator, discriminator, { output: "logit" }),
    trainedOn: fromTfjs(generator, further, { output: "logit" }),
    ...(ready ? {} : { trainingSeconds: seconds }),
    dispose: () => {
      for (const network of [generator, discriminator, further]) network.dispose();
    },
  };
}
