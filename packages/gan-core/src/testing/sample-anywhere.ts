import { metropolisHastings, normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgl";
import type { BackendName } from "../backend-names.ts";
import { calibrateGan } from "../calibrate-gan.ts";
import { useBackend } from "../tfjs/backend.ts";
import { type BackendDescription, describeBackends } from "../tfjs/describe-backends.ts";
import { fromTfjs } from "../tfjs/from-tfjs.ts";

export { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

/** What {@link sampleAnywhere} finds, as plain numbers. */
export interface Sampled {
  readonly backend: string;
  readonly scores: number[];
  readonly samples: number[];
  readonly shape: number[];
  /** How often each chain moved: the same only if every decision was. */
  readonly acceptCounts: number[];
  readonly tensorsLeft: number;
}

/**
 * The package's main path, for tests in several runtimes: loads two models of 8x8 images from a server, calibrates them against noise,
 * and samples. Same models, same numbers.
 */
export async function sampleAnywhere(backend: BackendName, server: string): Promise<Sampled> {
  await useBackend(backend);
  const generator = await loadLayersModel(`${server}/generator/model.json`);
  const discriminator = await loadLayersModel(`${server}/discriminator/model.json`);
  const before = tf.memory().numTensors;
  const gan = fromTfjs(generator, discriminator, { output: "unbounded", batchSize: 64 });
  const random = randomStream("real images");
  // As small as what an untrained generator makes, so that scores overlap and chains both move and stay.
  const pixels = Float32Array.from({ length: 200 * 64 }, () => 0.003 * normal(random));
  const real = tf.tensor(pixels, [200, 8, 8, 1]);
  const calibrated = await calibrateGan(gan, { real, seed: 1, calibrator: "platt" });
  const sampler = metropolisHastings({ chainLength: 20 });
  const { samples, info } = await calibrated.sample({ draws: 10, sampler, seed: 2, batchSize: 64 });
  const result = {
    backend: tf.getBackend(),
    scores: [...((await gan.score(samples)) as Float32Array)],
    samples: [...(await samples.data())],
    shape: samples.shape,
    acceptCounts: [...info.acceptCounts],
  };
  tf.dispose([real, samples]);
  return { ...result, tensorsLeft: tf.memory().numTensors - before };
}

/** What this runtime says of every backend, and what it says of one that it cannot have. */
export async function backendsHere(): Promise<{
  readonly descriptions: BackendDescription[];
  readonly best: string;
  readonly refusal: string;
}> {
  const descriptions = await describeBackends();
  const { backend: best } = await useBackend();
  const refusal = await useBackend("tfjs-node").then(
    () => "none",
    (error: Error) => error.message,
  );
  return { descriptions, best, refusal };
}
