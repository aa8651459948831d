import { type CifarImages, type CifarLabels, cifarRecords } from "./cifar-records.ts";

/** Pictures and what they show, one of ten classes. */
export interface Cifar10Batch {
  /** The pictures, of shape [n, 3, 32, 32], in the order of the file. */
  readonly images: CifarImages;
  /** From 0 to 9, in the order of `batches.meta.txt`. */
  readonly labels: CifarLabels;
}

/**
 * Reads a file of the binary version of CIFAR-10, such as `data_batch_1.bin`.
 *
 * @param bytes - the whole file, not compressed: records of a label and an image, 3073 bytes each.
 * @returns copies; images of shape [n, 3, 32, 32], colour planes apart. O(bytes).
 * @throws {TypeError} if `bytes` is not a Uint8Array.
 * @throws {RangeError} if there is no record or half a one, or a label is above 9.
 * @see Krizhevsky (2009), Learning multiple layers of features from tiny images; the page of the data set, "Binary version".
 * @example
 * ```ts
 * import { parseCifar10 } from "@mhgan/datasets";
 * const { images, labels } = parseCifar10(new Uint8Array(2 * 3073).fill(9));
 * images.shape; // => [2, 3, 32, 32]
 * labels.data; // => [9, 9]
 * parseCifar10(new Uint8Array(3072)); // throws RangeError: parseCifar10: bytes must be one or more records of 3073 bytes, got 3072 bytes
 * ```
 */
export function parseCifar10(bytes: Uint8Array): Cifar10Batch {
  const { images, labels } = cifarRecords("parseCifar10", bytes, [{ name: "label", classes: 10 }]);
  return { images, labels: labels[0]! };
}
