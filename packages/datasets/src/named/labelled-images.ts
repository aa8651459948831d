import type { DatasetFilesOptions, DatasetSource } from "./published-dataset.ts";

/** The two parts that a data set of images is published in. */
export type DatasetPart = "train" | "test";

/** Grey pictures and what they show. */
export interface LabelledImages {
  /** Grey values from 0 to 255, row-major; shape [images, rows, columns]. */
  readonly images: {
    /** Pixel after pixel of each image. */
    readonly data: Uint8Array;
    /** How many images, rows of an image, and pixels of a row. */
    readonly shape: readonly [number, number, number];
  };
  /** The class of each image, an index into `classNames`. */
  readonly labels: {
    /** One for each image. */
    readonly data: Uint8Array;
    /** How many images. */
    readonly shape: readonly [number];
  };
}

/** A data set of images, by part: grey ones, unless it says otherwise. */
export type ImageDataset<Part extends DatasetPart = DatasetPart, Images = LabelledImages> = {
  readonly [Name in Part]: Images;
} & {
  /** The ten classes, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Where the files were. */
  readonly source: DatasetSource;
};

/** Where to look for the files of a data set of images, how, and what for. */
export interface ImageDatasetOptions<Part extends DatasetPart = DatasetPart> extends DatasetFilesOptions {
  /** Load one part alone. Default: both. */
  readonly only?: Part;
}

/** @throws {RangeError} if `only` is not a part. @internal */
export function partsToLoad<Part extends DatasetPart>(
  caller: string,
  { only }: ImageDatasetOptions<Part>,
): Part[] {
  const parts = ["train", "test"] as Part[];
  if (only === undefined) return parts;
  if (!parts.includes(only)) {
    throw new RangeError(`${caller}: only must be "train" or "test", got ${String(only)}`);
  }
  return [only];
}
