/** The files of a saved model besides its manifest. Plain TensorFlow.js loads `model.json`, which names the other. */
export const contentNames = ["model.json", "weights.bin"] as const;

/** One of {@link contentNames}. */
export type ContentName = (typeof contentNames)[number];

export const manifestName = "manifest.json";

/** A saved model: the bytes of each of its files. */
export interface ModelFiles extends Readonly<Record<"model.json" | "weights.bin", Uint8Array>> {
  readonly "manifest.json": Uint8Array;
}

/** What `manifest.json` says. */
export interface ModelManifest {
  readonly format: "mhgan-model";
  readonly version: 1;
  readonly files: Readonly<
    Record<"model.json" | "weights.bin", { readonly bytes: number; readonly sha256: string }>
  >;
}

/** Options of all that loads models. */
export interface LoadModelOptions {
  /** The most bytes that all files together may have. Default 512 MiB. */
  readonly maxBytes?: number;
}
