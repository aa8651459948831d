import { crc32 } from "./crc-32.ts";
import { inflate } from "./deflate.ts";

// Of zip, what NPZ files need: entries stored or deflated, below 4 GiB. Sizes are taken from the central directory alone, as
// local headers may leave them open. See PKWARE, APPNOTE.TXT, sections 4.3 and 4.4.

/** An entry of an archive, as the central directory describes it. @internal */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** The bytes of its content. */
  readonly size: number;
  /** What lies in the archive. */
  readonly stored: Uint8Array;
}

/**
 * Reads the directory of a zip archive. O(entries).
 *
 * @throws {RangeError} if it is damaged, encrypted, in parts or zip64, or a name comes twice.
 * @internal
 */
export function zipEntries(caller: string, bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) fail(caller, "end with the directory of a zip archive", "something else");
  const [disk, firstDisk, countHere, count] = [4, 6, 8, 10].map((at) => view.getUint16(end + at, true));
  if (disk !== 0 || firstDisk !== 0 || countHere !== count) {
    fail(caller, "be a zip archive in one part", "one of several");
  }
  const length = view.getUint32(end + 12, true);
  const begin = view.getUint32(end + 16, true);
  if (count === ZIP64_COUNT || length === ZIP64_SIZE || begin === ZIP64_SIZE) failZip64(caller);
  if (begin + length !== end) {
    fail(caller, `have a zip directory that ends at byte ${end}`, `one from ${begin} to ${begin + length}`);
  }
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = begin;
  while (at < end) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      fail(caller, `have an entry of a zip directory at byte ${at}`, "something else");
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    ) as [number, number, number];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > end) fail(caller, `have a zip directory that ends at byte ${end}`, `an entry to ${next}`);
    const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength);
    const name = nameOf(caller, nameBytes, (view.getUint16(at + 8, true) & UTF8) !== 0);
    if (names.has(name)) fail(caller, "have each entry once", `${quoted(name)} twice`);
    names.add(name);
    entries.push(entryAt(caller, view, at, begin, name, nameBytes));
    at = next;
  }
  if (entries.length !== count)
    fail(caller, `have ${count} entries, as its zip directory says`, `${entries.length}`);
  return entries;
}

/** Where the last record begins: the last place with its signature from which the comment reaches to the end. */
function endOfDirectory(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    const fits = () => at + 22 + view.getUint16(at + 20, true) === view.byteLength;
    if (view.getUint32(at, true) === DIRECTORY_END && fits()) return at;
  }
  return undefined;
}

function nameOf(caller: string, bytes: Uint8Array, utf8: boolean): string {
  let name: string | undefined;
  try {
    if (utf8 || bytes.every((byte) => byte < 128))
      name = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {}
  if (name === undefined) return fail(caller, "have names of entries in ASCII or UTF-8", "others");
  return name;
}

function entryAt(
  caller: string,
  view: DataView,
  at: number,
  directory: number,
  name: string,
  nameBytes: Uint8Array,
): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const [crc, storedSize, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true)) as [
    number,
    number,
    number,
  ];
  const local = view.getUint32(at + 42, true);
  const entry = `entry ${quoted(name)}`;
  if (storedSize === ZIP64_SIZE || size === ZIP64_SIZE || local === ZIP64_SIZE) failZip64(caller);
  if ((flags & ~(UTF8 | HARMLESS)) !== 0)
    fail(caller, `have ${entry} neither encrypted nor patched`, `the flags 0x${flags.toString(16)}`);
  if (method !== STORED && method !== DEFLATED)
    fail(caller, `have ${entry} stored or deflated`, `the method ${method}`);
  if (method === STORED && storedSize !== size)
    fail(caller, `have ${size} bytes of the stored ${entry}`, `${storedSize}`);
  if (local + 30 > directory || view.getUint32(local, true) !== LOCAL_HEADER) {
    fail(caller, `have the header of ${entry} at byte ${local}`, "something else");
  }
  const nameLength = view.getUint16(local + 26, true);
  const begin = local + 30 + nameLength + view.getUint16(local + 28, true);
  if (begin + storedSize > directory) {
    fail(caller, `have ${entry} end before its directory at byte ${directory}`, `${begin + storedSize}`);
  }
  const sameName =
    nameLength === nameBytes.length && nameBytes.every((byte, i) => view.getUint8(local + 30 + i) === byte);
  if (!sameName) fail(caller, `name ${entry} alike in its header and in the directory`, "two names");
  const stored = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + begin, storedSize);
  return { name, method, crc, size, stored };
}

/**
 * The content of an entry, unpacked and checked; never more than the directory announced. O(bytes).
 *
 * @throws {RangeError} if the data are damaged or of another size than announced.
 * @internal
 */
export async function unzipEntry(caller: string, entry: ZipEntry): Promise<Uint8Array> {
  const content = entry.method === STORED ? entry.stored : await inflate(entry.stored, entry.size);
  if (content === undefined) {
    return fail(
      caller,
      `have entry ${quoted(entry.name)} deflated from ${entry.size} bytes`,
      "damaged data or another size",
    );
  }
  const crc = crc32(content);
  if (crc !== entry.crc) {
    fail(
      caller,
      `have entry ${quoted(entry.name)} with the CRC-32 ${entry.crc.toString(16)}`,
      crc.toString(16),
    );
  }
  return content;
}

function fail(caller: string, need: string, found: string): never {
  throw new RangeError(`${caller}: bytes must ${need}, got ${found}`);
}

function failZip64(caller: string): never {
  return fail(caller, "be a zip archive below 4 GiB and 65535 entries", "a zip64 one");
}

/** A name for a message: in quotes, with what cannot be seen escaped, not too long. @internal */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}

/** @internal */
export const STORED = 0;
/** @internal */
export const DEFLATED = 8;
/** The flag of a name in UTF-8. @internal */
export const UTF8 = 0x800;
/** How hard the compressor tried, and that sizes follow the data. */
const HARMLESS = 0b1110;
/** @internal */
export const LOCAL_HEADER = 0x04034b50;
/** @internal */
export const DIRECTORY_ENTRY = 0x02014b50;
/** @internal */
export const DIRECTORY_END = 0x06054b50;
const ZIP64_SIZE = 0xffffffff;
const ZIP64_COUNT = 0xffff;
