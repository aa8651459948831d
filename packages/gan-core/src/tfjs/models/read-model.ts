import type { LayersModel } from "@tensorflow/tfjs-layers";
import { modelFrom } from "./deserialize-model.ts";
import { MAX_MANIFEST_BYTES, parseManifest } from "./parse-manifest.ts";

/** A place that has the files of a model. */
export interface ModelSource {
  /** Reads a file of at most `limit` bytes, or throws a `ModelFileError`. */
  read(name: string, limit: number): Promise<Uint8Array>;
  /** What to call a file in errors. */
  called(name: string): string;
  readonly maxBytes: number;
}

/** Loads a model from a place: the manifest first, then as much as it declares, if that is within the limit. */
export async function readModel({ read, called, maxBytes }: ModelSource): Promise<LayersModel> {
  const manifest = await read("manifest.json", MAX_MANIFEST_BYTES);
  const { files } = parseManifest(manifest, maxBytes, called("manifest.json"));
  return modelFrom(
    {
      "manifest.json": manifest,
      "model.json": await read("model.json", files["model.json"].bytes),
      "weights.bin": await read("weights.bin", files["weights.bin"].bytes),
    },
    { maxBytes },
    called,
  );
}
