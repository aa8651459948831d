import { multilayerPerceptron } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Recipe } from "./recipe.ts";

export interface Networks {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
}

/** The two networks of a recipe, with random weights. */
export function networksOf({ latentSize, hidden }: Recipe, random: RandomStream): Networks {
  return {
    generator: multilayerPerceptron({
      inputs: latentSize,
      outputs: 2,
      hidden,
      random: random.split("generator"),
    }),
    discriminator: multilayerPerceptron({
      inputs: 2,
      outputs: 1,
      hidden,
      random: random.split("discriminator"),
    }),
  };
}
