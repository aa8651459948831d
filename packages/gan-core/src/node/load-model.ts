import { join, resolve } from "node:path";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { DEFAULT_MAX_BYTES } from "../tfjs/models/deserialize-model.ts";
import { ModelFileError } from "../tfjs/models/model-file-error.ts";
import type { LoadModelOptions } from "../tfjs/models/model-files.ts";
import { readModel } from "../tfjs/models/read-model.ts";
import { withFile } from "./write-whole-files.ts";

/**
 * Loads a model from a folder of `saveModel`.
 *
 * @param folder - what `saveModel` wrote.
 * @throws {ModelFileError} as `deserializeModel`, with the path of the file. Sizes are checked before anything is read.
 */
export function loadModel(folder: string, options: LoadModelOptions = {}): Promise<LayersModel> {
  const { maxBytes = DEFAULT_MAX_BYTES } = options;
  const called = (name: string): string => join(resolve(folder), name);
  const read = async (name: string, limit: number): Promise<Uint8Array> => {
    try {
      return await withFile(called(name), "r", async (file) => {
        const stats = await file.stat();
        if (!stats.isFile()) throw new ModelFileError(called(name), "is not a file");
        if (stats.size > limit) {
          throw new ModelFileError(called(name), `must have at most ${limit} bytes, got ${stats.size}`);
        }
        return new Uint8Array(await file.readFile());
      });
    } catch (error) {
      if (error instanceof ModelFileError) throw error;
      throw new ModelFileError(called(name), `could not be read (${(error as Error).message})`, {
        cause: error,
      });
    }
  };
  return readModel({ read, called, maxBytes });
}
