import { existsSync } from "node:fs";
import type { TrainingCheckpoint } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import { type Networks, networksOf } from "./networks.ts";
import type { Recipe } from "./recipe.ts";
import { train } from "./train.ts";
import { readWeights, writeWeights } from "./weights-file.ts";
import { weightsPath } from "./weights-path.ts";

/**
 * Hands out the networks of a recipe and a seed as they stand after each of some steps, which must ascend, with the generator's weights of that
 * step. They are trained, unless their weights are in the cache. An average would still remember the random weights at the first of them.
 */
export async function eachSnapshot(
  recipe: Recipe,
  seed: number,
  steps: readonly number[],
  log: (line: string) => void,
  use: (networks: Networks, step: number) => Promise<void>,
): Promise<void> {
  const unaveraged = { ...recipe, generatorAverage: 0 };
  const pathOf = (step: number): string => weightsPath(unaveraged, seed, `step-${step}`);
  const random = randomStream(seed);
  const trained = steps.filter((step) => step > 0);
  if (!trained.every((step) => existsSync(pathOf(step)))) {
    const networks = networksOf(recipe, random);
    let latest: TrainingCheckpoint | undefined;
    const checkpoints = {
      save: (checkpoint: TrainingCheckpoint) => {
        latest = checkpoint;
      },
      latest: () => latest,
    };
    for (const until of trained) {
      await train(networks, unaveraged, random, { until, checkpoints, onStep: () => undefined });
      log(`seed ${seed}: trained up to step ${until}`);
      await writeWeights(networks, pathOf(until));
    }
    dispose(networks);
  }
  for (const step of steps) {
    const networks = networksOf(recipe, random);
    if (step > 0) await readWeights(networks, pathOf(step));
    await use(networks, step);
    dispose(networks);
  }
}

function dispose({ generator, discriminator }: Networks): void {
  generator.dispose();
  discriminator.dispose();
}
