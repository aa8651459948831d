import { resolve } from "node:path";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type SerializeModelOptions, serializeModel } from "../tfjs/models/serialize-model.ts";
import { writeWholeFiles } from "./write-whole-files.ts";

/**
 * Saves a model in a folder, which is made if need be: `model.json` and `weights.bin`, which `tf.loadLayersModel` reads, and `manifest.json`.
 *
 * An earlier model there is replaced only once the new one is on the disk.
 *
 * @param model - any layers model; it stays as it is.
 * @param folder - of the model alone; made if it is not there.
 * @throws {Error} if the folder cannot be written.
 * @example
 * ```ts given generator
 * import { loadModel, saveModel } from "@mhgan/gan-core/node";
 * await saveModel(generator, "run/generator");
 * const copy = await loadModel("run/generator");
 * ```
 */
export async function saveModel(
  model: LayersModel,
  folder: string,
  options: SerializeModelOptions = {},
): Promise<void> {
  await writeWholeFiles("saveModel", resolve(folder), { ...(await serializeModel(model, options)) });
}
