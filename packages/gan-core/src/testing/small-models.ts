import { randomStream } from "@mhgan/mcmc";
import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { useBackend } from "../tfjs/backend.ts";
import { dcganDiscriminator, dcganGenerator } from "../tfjs/dcgan.ts";

/** The two files of a saved layers model. */
export interface ModelFiles {
  readonly "model.json": string;
  readonly "weights.bin": Uint8Array;
}

/** A generator and a discriminator of 8x8 images, as files. */
export async function smallModels(): Promise<{ generator: ModelFiles; discriminator: ModelFiles }> {
  await useBackend("cpu");
  const random = randomStream("small models");
  const sizes = { image: [8, 8, 1], channels: [4, 8] } as const;
  return {
    generator: await filesOf(dcganGenerator({ ...sizes, latent: 4, random: random.split("generator") })),
    discriminator: await filesOf(dcganDiscriminator({ ...sizes, random: random.split("discriminator") })),
  };
}

async function filesOf(model: LayersModel): Promise<ModelFiles> {
  let saved: io.ModelArtifacts | undefined;
  await model.save({
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
  const { modelTopology, weightSpecs, weightData } = saved!;
  const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
  return {
    "model.json": JSON.stringify({ format: "layers-model", modelTopology, weightsManifest }),
    "weights.bin": new Uint8Array(weightData as ArrayBuffer),
  };
}
