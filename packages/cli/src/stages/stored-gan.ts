import type { ArrayBatch, Gan } from "@mhgan/gan-core";
import { deserializeModel, fromTfjs, serializeModel } from "@mhgan/gan-core/tfjs";
import type * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { RunStages, StageRecord, StageWriter } from "../run-stages.ts";

/** A GAN out of a run's folder. What its batches are is its own affair. */
export interface StoredGan {
  readonly gan: Gan<unknown>;
  /** The numbers of a batch. */
  valuesOf(batch: unknown): Promise<ArrayBatch>;
  dispose(): void;
}

/** Samples that go through the models in one call. */
const BATCH = 256;

/** Loads the models of a run. A backend must be in use. */
export async function openStoredGan(run: RunStages, train: StageRecord): Promise<StoredGan> {
  const generator = await readModel(run, train, "generator");
  const discriminator = await readModel(run, train, "discriminator");
  return {
    gan: fromTfjs(generator, discriminator, { output: "unbounded", batchSize: BATCH }) as Gan<unknown>,
    valuesOf: async (batch) => {
      const tensor = batch as tf.Tensor;
      return { data: await tensor.data<"float32">(), shape: tensor.shape as never };
    },
    dispose: () => {
      generator.dispose();
      discriminator.dispose();
    },
  };
}

/** Writes a model into a folder of its own. */
export async function writeModel(writer: StageWriter, name: string, model: LayersModel): Promise<void> {
  for (const [file, bytes] of Object.entries(await serializeModel(model))) {
    await writer.write(`${name}/${file}`, bytes);
  }
}

/** Reads a model of {@link writeModel}. */
export async function readModel(run: RunStages, stage: StageRecord, name: string): Promise<LayersModel> {
  const [json, weights, manifest] = await Promise.all(
    ["model.json", "weights.bin", "manifest.json"].map((file) => run.file(stage, `${name}/${file}`)),
  );
  return deserializeModel({ "model.json": json!, "weights.bin": weights!, "manifest.json": manifest! });
}
