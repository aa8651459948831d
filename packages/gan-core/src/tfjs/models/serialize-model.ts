import { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ModelFiles, ModelManifest } from "./model-files.ts";
import { type Quantization, quantizeWeights } from "./quantize-weights.ts";
import { sha256 } from "./sha256.ts";

/** Options of {@link serializeModel}. */
export interface SerializeModelOptions {
  /**
   * Stores each weight in fewer bits: half precision (about 3 digits), or a byte (256 even steps from the smallest to the largest value
   * of each array). Default: float32, to the bit.
   */
  readonly quantize?: Quantization;
}

/**
 * Turns a model into files: a standard TensorFlow.js layers model, which `tf.loadLayersModel` reads, and a manifest with sizes and
 * SHA-256, by which `deserializeModel` knows that it got all of it. The optimizer is not in it.
 *
 * @param model - any layers model; it stays as it is.
 * @throws {Error} where WebCrypto is missing (browser pages that are not from https or localhost).
 * @example
 * ```ts
 * import { deserializeModel, multilayerPerceptron, serializeModel, useBackend } from "@mhgan/gan-core/tfjs";
 * import { randomStream } from "@mhgan/mcmc";
 * await useBackend("cpu");
 * const model = multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [4], random: randomStream(1) });
 * const files = await serializeModel(model);
 * files["weights.bin"].length; // => 68
 * const copy = await deserializeModel(files);
 * copy.countParams(); // => 17
 * ```
 */
export async function serializeModel(
  model: LayersModel,
  options: SerializeModelOptions = {},
): Promise<ModelFiles> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (made) => {
      artifacts = made;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  const { modelTopology, weightSpecs = [], weightData, format, generatedBy, convertedBy } = artifacts!;
  const plain = { specs: weightSpecs, data: new Uint8Array(io.CompositeArrayBuffer.join(weightData)) };
  const { specs, data } = options.quantize === undefined ? plain : quantizeWeights(plain, options.quantize);
  const weightsManifest = [{ paths: ["weights.bin"], weights: specs }];
  const contents = {
    "model.json": utf8({ format, generatedBy, convertedBy, modelTopology, weightsManifest }),
    "weights.bin": data,
  };
  const entry = async (bytes: Uint8Array) => ({ bytes: bytes.length, sha256: await sha256(bytes) });
  const manifest: ModelManifest = {
    format: "mhgan-model",
    version: 1,
    files: {
      "model.json": await entry(contents["model.json"]),
      "weights.bin": await entry(contents["weights.bin"]),
    },
  };
  return { ...contents, "manifest.json": utf8(manifest) };
}

const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
