import { requireBytes } from "../../requirements.ts";

/** Pictures of 32 × 32 points in three colours. */
export interface CifarImages {
  /** From 0 to 255. For each image the red plane, then the green, then the blue; each row by row from the top. */
  readonly data: Uint8Array;
  /** Images, colours, rows, columns. */
  readonly shape: readonly [number, 3, 32, 32];
}

/** The class of each image. */
export interface CifarLabels {
  /** One label for each image. */
  readonly data: Uint8Array;
  /** Images. */
  readonly shape: readonly [number];
}

/** A label of a record: what it is called in errors, and how many classes there are. @internal */
export interface CifarLabelKind {
  readonly name: string;
  readonly classes: number;
}

/**
 * Splits records, each of some labels of a byte and an image. O(bytes).
 *
 * @throws {TypeError} if `bytes` is not a Uint8Array.
 * @throws {RangeError} if there is no record or half a one, or a label is that of no class.
 * @internal
 */
export function cifarRecords(
  caller: string,
  bytes: Uint8Array,
  kinds: readonly CifarLabelKind[],
): { images: CifarImages; labels: CifarLabels[] } {
  requireBytes(caller, bytes);
  const recordLength = kinds.length + IMAGE_LENGTH;
  const count = bytes.length / recordLength;
  if (!(Number.isInteger(count) && count > 0)) {
    throw new RangeError(
      `${caller}: bytes must be one or more records of ${recordLength} bytes, got ${bytes.length} bytes`,
    );
  }
  const data = new Uint8Array(count * IMAGE_LENGTH);
  const labels = kinds.map(({ name, classes }, kind) => {
    const ofKind = new Uint8Array(count);
    for (let record = 0; record < count; record++) {
      const label = bytes[record * recordLength + kind]!;
      if (label >= classes) {
        throw new RangeError(
          `${caller}: bytes must have ${name}s from 0 to ${classes - 1}, got ${label} in record ${record} (from 0)`,
        );
      }
      ofKind[record] = label;
    }
    return { data: ofKind, shape: [count] as const };
  });
  for (let record = 0; record < count; record++) {
    const begin = record * recordLength + kinds.length;
    data.set(bytes.subarray(begin, begin + IMAGE_LENGTH), record * IMAGE_LENGTH);
  }
  return { images: { data, shape: [count, 3, 32, 32] }, labels };
}

const IMAGE_LENGTH = 3 * 32 * 32;
