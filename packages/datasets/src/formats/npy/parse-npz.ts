import { requireBytes, requireCount } from "../../requirements.ts";
import { quoted, unzipEntry, type ZipEntry, zipEntries } from "../archives/unzip.ts";
import type { NpyArray } from "./npy-array.ts";
import { requireNpzName } from "./npz-name.ts";
import { parseNpy } from "./parse-npy.ts";

/** How much may come out of an archive. */
export interface ParseNpzOptions {
  /** The largest sum of the sizes of the unpacked entries. Default: 2³⁰. */
  readonly maxBytes?: number;
}

/**
 * Reads an NPZ file, the format of `numpy.savez` and `numpy.savez_compressed`: a zip archive of NPY files.
 *
 * What the entries unpack to is held against `maxBytes` before any is unpacked, and no entry unpacks to more than it announced,
 * so the bytes may come from anywhere. Every entry is held against its checksum.
 *
 * @param bytes - the whole file.
 * @returns the arrays by name, without `.npy`, in the order of the archive. O(bytes, unpacked).
 * @throws {TypeError} if `bytes` is not a Uint8Array.
 * @throws {RangeError} if the archive is damaged, encrypted, in parts or zip64 (4 GiB and more), it would unpack to more than
 * `maxBytes`, a name is absolute, climbs (`..`), comes twice or does not end in `.npy`, or an entry is not what `parseNpy` reads.
 * @see The documentation of `numpy.savez`; PKWARE, APPNOTE.TXT, .ZIP file format specification, sections 4.3 and 4.4.
 * @example
 * ```ts
 * import { formatNpz, parseNpz } from "@mhgan/datasets";
 * const images = { data: new Uint8Array(12), shape: [3, 2, 2] };
 * const labels = { data: new Int32Array([4, 5, 6]), shape: [3] };
 * const bytes = await formatNpz(Object.entries({ images, labels }), { compress: true });
 * const arrays = await parseNpz(bytes);
 * [...arrays.keys()]; // => ["images", "labels"]
 * arrays.get("labels")!.data; // => [4, 5, 6]
 * await parseNpz(bytes, { maxBytes: 100 }); // throws RangeError: parseNpz: bytes must unpack to at most 100 bytes, got 280
 * ```
 */
export async function parseNpz(
  bytes: Uint8Array,
  options: ParseNpzOptions = {},
): Promise<Map<string, NpyArray>> {
  const { maxBytes = 2 ** 30 } = options;
  requireBytes("parseNpz", bytes);
  requireCount("parseNpz", "maxBytes", maxBytes, 1);
  const entries = zipEntries("parseNpz", bytes);
  const size = unpackedSize(entries);
  if (size > maxBytes) {
    throw new RangeError(`parseNpz: bytes must unpack to at most ${maxBytes} bytes, got ${size}`);
  }
  return arraysOf(entries);
}

/** The sum of the sizes that the directory announces. @internal */
export function unpackedSize(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}

/** Unpacks and reads entries, one after the other. @internal */
export async function arraysOf(entries: readonly ZipEntry[]): Promise<Map<string, NpyArray>> {
  for (const { name } of entries) {
    if (!name.endsWith(SUFFIX)) {
      throw new RangeError(
        `parseNpz: bytes must have entries whose names end in ${SUFFIX}, got ${quoted(name)}`,
      );
    }
    requireNpzName(
      "parseNpz",
      "bytes must have names of arrays that are relative paths that do not climb",
      nameOf(name),
    );
  }
  const arrays = new Map<string, NpyArray>();
  for (const entry of entries) {
    arrays.set(nameOf(entry.name), arrayOf(entry.name, await unzipEntry("parseNpz", entry)));
  }
  return arrays;
}

function arrayOf(name: string, content: Uint8Array): NpyArray {
  try {
    return parseNpy(content);
  } catch (cause) {
    const reason = (cause as Error).message.replace("parseNpy: bytes", "its bytes");
    throw new RangeError(`parseNpz: bytes must have an NPY file of numbers as ${quoted(name)}; ${reason}`, {
      cause,
    });
  }
}

const SUFFIX = ".npy";
const nameOf = (entry: string): string => entry.slice(0, -SUFFIX.length);
