import { type CifarImages, type CifarLabels, cifarRecords } from "./cifar-records.ts";

/** Pictures and what they show, one of a hundred classes, which make twenty. */
export interface Cifar100Batch {
  /** The pictures, of shape [n, 3, 32, 32], in the order of the file. */
  readonly images: CifarImages;
  /** What each shows, by either division. */
  readonly labels: {
    /** From 0 to 99, in the order of `fine_label_names.txt`. */
    readonly fine: CifarLabels;
    /** From 0 to 19, in the order of `coarse_label_names.txt`. */
    readonly coarse: CifarLabels;
  };
}

/**
 * Reads a file of the binary version of CIFAR-100, `train.bin` or `test.bin`.
 *
 * @param bytes - the whole file, not compressed: records of a coarse label, a fine label and an image, 3074 bytes each.
 * @returns copies; images of shape [n, 3, 32, 32], colour planes apart. O(bytes).
 * @throws {TypeError} if `bytes` is not a Uint8Array.
 * @throws {RangeError} if there is no record or half a one, or a label is above 19 (coarse) or 99 (fine).
 * @see Krizhevsky (2009), Learning multiple layers of features from tiny images; the page of the data set, "Binary version".
 * @example
 * ```ts
 * import { parseCifar100 } from "@mhgan/datasets";
 * const { images, labels } = parseCifar100(new Uint8Array(3074).fill(17));
 * images.shape; // => [1, 3, 32, 32]
 * labels.fine.data; // => [17]
 * labels.coarse.shape; // => [1]
 * ```
 */
export function parseCifar100(bytes: Uint8Array): Cifar100Batch {
  const { images, labels } = cifarRecords("parseCifar100", bytes, [
    { name: "coarse label", classes: 20 },
    { name: "fine label", classes: 100 },
  ]);
  return { images, labels: { fine: labels[1]!, coarse: labels[0]! } };
}
