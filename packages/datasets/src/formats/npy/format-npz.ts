import { quoted } from "../archives/unzip.ts";
import { zip } from "../archives/zip.ts";
import { formatNpy, type NpyInput } from "./format-npy.ts";
import { requireNpzName } from "./npz-name.ts";

/** How an archive is written. */
export interface FormatNpzOptions {
  /** Deflate the arrays. Default: false. */
  readonly compress?: boolean;
}

/**
 * Writes an NPZ file, which `numpy.load` reads: a zip archive of NPY files.
 *
 * @param arrays - names, without `.npy`, and arrays as `formatNpy` takes them: a Map, or `Object.entries` of an object.
 * @returns the whole file; the same bytes for the same arrays, but that runtimes may deflate differently. O(bytes).
 * @throws {TypeError} if the data of an array is no typed array, or not the one that its type is held in.
 * @throws {RangeError} if a name is empty, absolute, climbs (`..`) or comes twice, `formatNpy` refuses an array, or the archive
 * would reach 4 GiB or 65535 entries.
 * @see The documentation of `numpy.savez`; PKWARE, APPNOTE.TXT, .ZIP file format specification, sections 4.3 and 4.4.
 * @example
 * ```ts
 * import { formatNpz, parseNpz } from "@mhgan/datasets";
 * const bytes = await formatNpz([["weights", { data: new Float32Array([1, 2]), shape: [2] }]]);
 * (await parseNpz(bytes)).get("weights")!.data; // => [1, 2]
 * ```
 */
export async function formatNpz(
  arrays: Iterable<readonly [string, NpyInput]>,
  options: FormatNpzOptions = {},
): Promise<Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  for (const [name, array] of arrays) {
    requireNpzName("formatNpz", "names of arrays must be relative paths that do not climb", name);
    const entry = `${name}.npy`;
    if (entries.has(entry)) {
      throw new RangeError(`formatNpz: names of arrays must differ, got ${quoted(name)} twice`);
    }
    entries.set(entry, formatted(name, array));
  }
  return zip("formatNpz", [...entries], options.compress ?? false);
}

function formatted(name: string, array: NpyInput): Uint8Array {
  try {
    return formatNpy(array);
  } catch (cause) {
    const Kind = cause instanceof TypeError ? TypeError : RangeError;
    const reason = (cause as Error).message.replace("formatNpy: ", "");
    throw new Kind(`formatNpz: ${quoted(name)} must be an array that formatNpy takes; ${reason}`, { cause });
  }
}
