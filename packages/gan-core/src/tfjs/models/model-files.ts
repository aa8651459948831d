/** The files of a saved model besides its manifest. Plain TensorFlow.js loads `model.json`, which names the other. */
export const contentNames = ["model.json", "weights.bin"] as const;

/** One of {@link contentNames}. */
export type ContentName = (typeof contentNames)[number];

export const manifestName = "manifest.json";

/** A saved model: the bytes of each of its files. */
export interface ModelFiles {
  /** The layers and the layout of the weights, as TensorFlow.js writes them. */
  readonly "model.json": Uint8Array;
  /** The weights, one after the other. */
  readonly "weights.bin": Uint8Array;
  /** Sizes and checksums of the other two: a {@link ModelManifest}. */
  readonly "manifest.json": Uint8Array;
}

/** What `manifest.json` says. */
export interface ModelManifest {
  /** What the folder is. */
  readonly format: "mhgan-model";
  /** The version of this form. */
  readonly version: 1;
  /** What each file of content must be. */
  readonly files: Readonly<
    Record<
      "model.json" | "weights.bin",
      {
        /** Its size. */
        readonly bytes: number;
        /** 64 hexadecimal digits, in lower case. */
        readonly sha256: string;
      }
    >
  >;
}

/** Options of all that loads models. */
export interface LoadModelOptions {
  /** The most bytes that all files together may have. Default 512 MiB. */
  readonly maxBytes?: number;
}
