import { corruptFile } from "../corrupt-file.ts";
import { parseTar } from "../formats/archives/parse-tar.ts";
import { type Cifar10Batch, parseCifar10 } from "../formats/cifar/parse-cifar10.ts";
import { CIFAR10, CIFAR10_BATCHES, CIFAR10_CLASSES, CIFAR10_FILE } from "./cifar10-facts.ts";
import { findPublishedFiles } from "./find-published-files.ts";
import {
  type DatasetPart,
  type ImageDataset,
  type ImageDatasetOptions,
  partsToLoad,
} from "./labelled-images.ts";

/**
 * Loads CIFAR-10, small colour images: from `dataDir` if given, else from the cache, else from the network (170 MB) into the cache.
 * Needs Node.
 *
 * `train` has 50,000 images of 32 × 32 in three colours, `test` 10,000. The file is the archive of the binary version,
 * `cifar-10-binary.tar.gz`; it is verified and kept as it is, and unpacked in memory at every call. The published checksum is
 * that of the compressed archive, so one in `dataDir` must be as published, unless `verify` is false.
 *
 * @returns a promise; images of shape [n, 3, 32, 32], 184 MB when both parts are loaded. On the way there about 0.9 GB are in use.
 * @throws {DatasetFileError} naming the file, if the archive in `dataDir` is missing or wrong.
 * @throws {DatasetNotFoundError} saying what to do, if it is nowhere and cannot be or may not be downloaded.
 * @throws {RangeError} if `only` is not a part.
 * @see Krizhevsky (2009), Learning multiple layers of features from tiny images.
 * @example
 * ```ts
 * import { loadCifar10 } from "@mhgan/datasets";
 * await loadCifar10({ dataDir: "/no/such/folder", only: "test" }).catch((error) => error.problem); // => "missing"
 * ```
 */
export async function loadCifar10<Part extends DatasetPart = DatasetPart>(
  options: ImageDatasetOptions<Part> = {},
): Promise<ImageDataset<Part, Cifar10Batch>> {
  const parts = partsToLoad(CIFAR10.caller, options);
  const { found, source } = await findPublishedFiles(CIFAR10, [CIFAR10_FILE], options, (bytes, path) =>
    partsOf(bytes, path, parts),
  );
  return { ...found[0]!.content, classNames: [...CIFAR10_CLASSES], source };
}

function partsOf<Part extends DatasetPart>(
  archive: Uint8Array,
  path: string,
  parts: readonly Part[],
): Record<Part, Cifar10Batch> {
  try {
    const files = parseTar(archive);
    const loaded = parts.map((part) => [
      part,
      joined(CIFAR10_BATCHES[part].map((name) => batch(files, name))),
    ]);
    return Object.fromEntries(loaded);
  } catch (cause) {
    throw corruptFile(CIFAR10.caller, path, "an archive of the binary version of CIFAR-10", cause);
  }
}

function batch(files: ReadonlyMap<string, Uint8Array>, name: string): Cifar10Batch {
  const bytes = files.get(name);
  if (bytes === undefined) throw new RangeError(`parseTar: bytes must hold ${name}, got no such file`);
  return parseCifar10(bytes);
}

function joined(batches: readonly Cifar10Batch[]): Cifar10Batch {
  const count = batches.reduce((sum, { labels }) => sum + labels.data.length, 0);
  const images = new Uint8Array(count * 3 * 32 * 32);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const { images: some, labels: their } of batches) {
    images.set(some.data, at * 3 * 32 * 32);
    labels.set(their.data, at);
    at += their.data.length;
  }
  return { images: { data: images, shape: [count, 3, 32, 32] }, labels: { data: labels, shape: [count] } };
}
