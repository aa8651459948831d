import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, models } from "@tensorflow/tfjs-layers";
import { ModelFileError } from "./model-file-error.ts";
import { contentNames, type LoadModelOptions, type ModelFiles, manifestName } from "./model-files.ts";
import { parseJson, parseManifest } from "./parse-manifest.ts";
import { sha256 } from "./sha256.ts";

/** The default of `maxBytes`. */
export const DEFAULT_MAX_BYTES: number = 512 * 2 ** 20;

/**
 * Makes a model from the files of `serializeModel`, after they were held against their manifest. Layers of this package, and others
 * that were registered with `tf.serialization.registerClass`, are known.
 *
 * The manifest tells accidents, not forgers: who can change all files can make a model of any size and content.
 *
 * @param files - the bytes of the three files.
 * @throws {ModelFileError} that names the file and what is wrong with it: missing, cut short, changed, too large, of another format or
 * version, with a layer that is not known, or with weights that do not fit the layers. No tensor is left behind.
 */
export function deserializeModel(files: ModelFiles, options: LoadModelOptions = {}): Promise<LayersModel> {
  return modelFrom(files, options, (name) => name);
}

/** @param called - what to call a file in errors. */
export async function modelFrom(
  files: ModelFiles,
  { maxBytes = DEFAULT_MAX_BYTES }: LoadModelOptions,
  called: (name: string) => string,
): Promise<LayersModel> {
  for (const name of [manifestName, ...contentNames] as const) {
    if (!(files[name] instanceof Uint8Array)) throw new ModelFileError(called(name), "is missing");
  }
  const manifest = parseManifest(files[manifestName], maxBytes, called(manifestName));
  for (const name of contentNames) {
    const { bytes, sha256: expected } = manifest.files[name];
    if (files[name].length !== bytes) {
      throw new ModelFileError(called(name), `must have ${bytes} bytes, got ${files[name].length}`);
    }
    if ((await sha256(files[name])) !== expected) {
      throw new ModelFileError(called(name), "was changed: its SHA-256 is not that of the manifest");
    }
  }
  const { modelTopology, specs } = parseModelJson(files["model.json"], called("model.json"));
  requireWeights(specs, files["weights.bin"].length, called("model.json"));
  return build(modelTopology, specs, files["weights.bin"], called);
}

function parseModelJson(
  bytes: Uint8Array,
  file: string,
): { readonly modelTopology: object; readonly specs: tf.io.WeightsManifestEntry[] } {
  const { format, modelTopology, weightsManifest } = parseJson(bytes, file);
  if (format !== "layers-model") {
    throw new ModelFileError(file, `must be of the format "layers-model", got ${JSON.stringify(format)}`);
  }
  if (typeof modelTopology !== "object" || modelTopology === null) {
    throw new ModelFileError(file, "must have a modelTopology");
  }
  const groups: unknown[] = Array.isArray(weightsManifest) ? weightsManifest : [];
  const group = groups[0] as Partial<tf.io.WeightsManifestConfig[number]> | undefined;
  if (groups.length !== 1 || JSON.stringify(group?.paths) !== '["weights.bin"]') {
    const paths = JSON.stringify(groups.map((each) => (each as typeof group)?.paths));
    throw new ModelFileError(file, `must keep its weights in weights.bin alone, got ${paths}`);
  }
  if (!Array.isArray(group!.weights)) throw new ModelFileError(file, "must list its weights");
  return { modelTopology, specs: group!.weights };
}

const bytesOf: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };
const quantizedBytesOf: Readonly<Record<string, number>> = { float16: 2, uint16: 2, uint8: 1 };

/** Holds what the weights are said to take against what there is, before anything is made of them. */
function requireWeights(specs: readonly tf.io.WeightsManifestEntry[], bytes: number, file: string): void {
  let total = 0;
  for (const spec of specs) {
    const name = JSON.stringify(spec?.name);
    const shape: unknown = spec?.shape;
    if (!Array.isArray(shape) || !shape.every((side) => Number.isSafeInteger(side) && side >= 0)) {
      throw new ModelFileError(file, `weight ${name} must have a shape, got ${JSON.stringify(shape)}`);
    }
    const { quantization, dtype } = spec;
    const each = quantization == null ? bytesOf[dtype] : quantizedBytesOf[quantization.dtype];
    if (bytesOf[dtype] === undefined || each === undefined) {
      throw new ModelFileError(
        file,
        `weight ${name} is of an unknown type, ${JSON.stringify(quantization?.dtype ?? dtype)}`,
      );
    }
    total += each * spec.shape.reduce((size, side) => size * side, 1);
  }
  if (total !== bytes) {
    throw new ModelFileError(file, `lists weights of ${total} bytes, but weights.bin has ${bytes}`);
  }
}

async function build(
  modelTopology: object,
  specs: tf.io.WeightsManifestEntry[],
  weights: Uint8Array,
  called: (name: string) => string,
): Promise<LayersModel> {
  const { registeredVariables } = tf.engine();
  const before = new Set(Object.keys(registeredVariables));
  // Layers are made before the call returns, so that these variables are theirs, whatever else goes on meanwhile.
  let pending!: Promise<LayersModel>;
  tf.tidy(() => {
    pending = models.modelFromJSON(modelTopology as Parameters<typeof models.modelFromJSON>[0]);
  });
  const variables = Object.keys(registeredVariables)
    .filter((name) => !before.has(name))
    .map((name) => registeredVariables[name]!);
  let file = "model.json";
  try {
    const model = await pending;
    file = "weights.bin";
    tf.tidy(() => model.loadWeights(tf.io.decodeWeights(weights.slice().buffer, specs)));
    return model;
  } catch (error) {
    tf.dispose(variables);
    const reason = `no model could be made of it (${(error as Error).message})`;
    throw new ModelFileError(called(file), reason, { cause: error });
  }
}
