/** The size of everything in a tar file. */
const BLOCK = 512;

/**
 * Reads the regular files of a tar archive, and refuses everything that an archive of plain data has no need of: links, devices,
 * extended headers, sparse files, names that lead out of the folder.
 *
 * Entries of folders are allowed, and left out. Sizes are held against the length before anything is read, and every
 * header against its checksum.
 *
 * @param bytes - the whole archive, not compressed.
 * @returns the content of each file by its name, as views of `bytes`. O(entries + padding).
 * @throws {RangeError} if it is not such an archive, or cut off; naming the entry.
 * @see IEEE Std 1003.1, pax, "ustar interchange format".
 * @internal
 */
export function parseTar(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (;;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw wrong(`end with two empty blocks, got an end at byte ${bytes.length}`);
    if (isEmpty(header)) break;
    requireChecksum(header, at);
    const name = nameOf(header, at);
    const size = octal(header, 124, 12);
    const begin = at + BLOCK;
    if (size === undefined || begin + size > bytes.length) {
      throw wrong(`hold all of ${name}, got an end at byte ${bytes.length}`);
    }
    const kind = String.fromCharCode(header[156]!);
    if (kind === FOLDER && size === 0) {
      // has nothing in it: its files have entries of their own
    } else if (kind !== REGULAR && kind !== OLD_REGULAR) {
      throw wrong(`hold regular files and folders, got an entry of type ${JSON.stringify(kind)}, ${name}`);
    } else if (files.has(name)) {
      throw wrong(`hold each file once, got ${name} again`);
    } else {
      files.set(name, bytes.subarray(begin, begin + size));
    }
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  const end = bytes.subarray(at);
  if (end.length < 2 * BLOCK || !isEmpty(end)) {
    throw wrong(`end with two empty blocks and nothing else, got something after byte ${at}`);
  }
  return files;
}

const REGULAR = "0";
const OLD_REGULAR = "\0";
const FOLDER = "5";

function wrong(what: string): RangeError {
  return new RangeError(`parseTar: bytes must ${what}`);
}

function isEmpty(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The sum of the header's bytes, its own field counted as eight spaces. */
function requireChecksum(header: Uint8Array, at: number): void {
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i]!;
  if (octal(header, 148, 8) !== sum) throw wrong(`have tar headers, got a wrong checksum at byte ${at}`);
}

function nameOf(header: Uint8Array, at: number): string {
  const posix = text(header, 257, 6) === "ustar"; // GNU writes "ustar  ", and keeps other things in the place of the prefix
  const prefix = posix ? text(header, 345, 155) : "";
  const name = (prefix && `${prefix}/`) + text(header, 0, 100);
  const steps = name.replace(/\/$/, "").split("/");
  const plain = /^[\x20-\x5b\x5d-\x7e]+$/.test(name); // printable ASCII, no backslash
  if (!plain || steps.some((step) => step === "" || step === "." || step === "..")) {
    throw wrong(`have relative names without "..", got ${JSON.stringify(name)} at byte ${at}`);
  }
  return name;
}

/** The characters of a field, up to the first zero byte. */
function text(header: Uint8Array, begin: number, length: number): string {
  const field = header.subarray(begin, begin + length);
  const end = field.indexOf(0);
  return String.fromCharCode(...field.subarray(0, end < 0 ? length : end));
}

/** A number of octal digits, filled up with spaces and zeros; undefined if it is anything else. */
function octal(header: Uint8Array, begin: number, length: number): number | undefined {
  const digits = /^ *([0-7]+) *$/.exec(text(header, begin, length))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}
