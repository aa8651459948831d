import { DatasetFileError } from "../dataset-file-error.ts";
import type { IdxArray } from "../formats/idx/idx-array.ts";
import { idxFrom } from "../formats/idx/read-idx-file.ts";
import { findPublishedFiles } from "./find-published-files.ts";
import {
  type DatasetPart,
  type ImageDataset,
  type ImageDatasetOptions,
  type LabelledImages,
  partsToLoad,
} from "./labelled-images.ts";
import type { FoundFile, PublishedDataset, PublishedFile } from "./published-dataset.ts";

/** The four files of a data set in the form of MNIST. @internal */
export type IdxFiles = Readonly<
  Record<DatasetPart, { readonly images: PublishedFile; readonly labels: PublishedFile }>
>;

/**
 * Loads a data set in the form of MNIST: grey images and labels in IDX files.
 *
 * @throws {DatasetFileError} if a file in `dataDir` or in the system's folder is missing or wrong.
 * @throws {DatasetNotFoundError} if a file is nowhere.
 * @throws {RangeError} if `only` is not a part.
 * @internal
 */
export async function loadIdxImages<Part extends DatasetPart>(
  dataset: PublishedDataset,
  published: IdxFiles,
  classNames: readonly string[],
  options: ImageDatasetOptions<Part>,
): Promise<ImageDataset<Part>> {
  const { caller } = dataset;
  const parts = partsToLoad(caller, options);
  const files = parts.flatMap((part) => [published[part].images, published[part].labels]);
  const { found, source } = await findPublishedFiles(dataset, files, options, (bytes, path) =>
    idxFrom(caller, bytes, path),
  );
  const loaded = parts.map(
    (part, i) => [part, labelledImages(caller, found[2 * i]!, found[2 * i + 1]!)] as const,
  );
  return {
    ...(Object.fromEntries(loaded) as Record<Part, LabelledImages>),
    classNames: [...classNames],
    source,
  };
}

function labelledImages(
  caller: string,
  images: FoundFile<IdxArray>,
  labels: FoundFile<IdxArray>,
): LabelledImages {
  requireForm(caller, images, 3, "[images, rows, columns]");
  requireForm(caller, labels, 1, "[images]");
  const count = images.content.shape[0]!;
  if (labels.content.shape[0] !== count) {
    throw new DatasetFileError(
      `${caller}: ${labels.path} must have ${count} labels, one for each image, got ${labels.content.shape[0]}`,
      { path: labels.path, problem: "unexpected" },
    );
  }
  return {
    images: {
      data: images.content.data as Uint8Array,
      shape: images.content.shape as [number, number, number],
    },
    labels: { data: labels.content.data as Uint8Array, shape: labels.content.shape as [number] },
  };
}

function requireForm(
  caller: string,
  { path, content }: FoundFile<IdxArray>,
  dimensions: number,
  form: string,
): void {
  if (content.type === "uint8" && content.shape.length === dimensions) return;
  throw new DatasetFileError(
    `${caller}: ${path} must have shape ${form} of uint8, got [${content.shape.join(", ")}] of ${content.type}`,
    { path, problem: "unexpected" },
  );
}
