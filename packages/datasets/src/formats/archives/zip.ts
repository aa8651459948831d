import { crc32 } from "./crc-32.ts";
import { deflate } from "./deflate.ts";
import { DEFLATED, DIRECTORY_END, DIRECTORY_ENTRY, LOCAL_HEADER, STORED, UTF8 } from "./unzip.ts";

/**
 * Packs a zip archive. The same entries give the same bytes: the time of each is the first that zip knows, 1980.
 *
 * @param entries - names, checked by the caller, and contents.
 * @throws {RangeError} if that is more than zip can hold without zip64.
 * @internal
 */
export async function zip(
  caller: string,
  entries: readonly (readonly [string, Uint8Array])[],
  compress: boolean,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    const nameBytes = new TextEncoder().encode(name);
    const stored = compress ? await deflate(content) : content;
    // What a local header and an entry of the directory have in common.
    const common = fields(
      [2, 20],
      [2, nameBytes.length > name.length ? UTF8 : 0],
      [2, compress ? DEFLATED : STORED],
      [2, 0],
      [2, FIRST_DAY],
      [4, crc32(content)],
      [4, stored.length],
      [4, content.length],
      [2, nameBytes.length],
      [2, 0],
    );
    parts.push(fields([4, LOCAL_HEADER]), common, nameBytes, stored);
    directory.push(
      fields([4, DIRECTORY_ENTRY], [2, 20]),
      common,
      fields([2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
      nameBytes,
    );
    at += 4 + common.length + nameBytes.length + stored.length;
  }
  const length = lengthOf(directory);
  if (at + length >= 0xffffffff || entries.length >= 0xffff) {
    throw new RangeError(
      `${caller}: entries must make an archive below 4 GiB and 65535 entries, got ${at + length} bytes in ${entries.length} entries`,
    );
  }
  const end = fields(
    [4, DIRECTORY_END],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, length],
    [4, at],
    [2, 0],
  );
  return concatenate([...parts, ...directory, end]);
}

/** The first of January 1980, as MS-DOS writes it. */
const FIRST_DAY = (1 << 5) | 1;

/** Little-endian numbers, each with its width in bytes. */
function fields(...numbers: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(numbers.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
