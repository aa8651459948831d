import { nodeBuiltin } from "../node-builtin.ts";
import { readStored } from "../read-bytes.ts";
import { writing } from "../writing.ts";

/** Where the bytes of an unfinished download came from. */
export interface PartSource {
  readonly url: string;
  /** The ETag or the date with which the server knows this version of the file again; without one it cannot be gone on with. */
  readonly validator: string | undefined;
  /** The size of the whole file, where the server says so. */
  readonly total: number | undefined;
}

/** How far an unfinished download is. */
export interface PartState {
  readonly source: PartSource;
  /** How many bytes of the file are there. */
  readonly received: number;
}

/**
 * An unfinished download on disk. Its first line says where the bytes after it came from: in one file, so that a crash cannot
 * leave the bytes of one address with the name of another.
 *
 * @internal
 */
export class PartFile {
  readonly path: string;
  readonly #caller: string;

  constructor(caller: string, path: string) {
    this.#caller = caller;
    this.path = path;
  }

  /** How far it is; undefined if there is none, or none that makes sense. */
  async state(): Promise<PartState | undefined> {
    const { open } = nodeBuiltin(this.#caller, "node:fs/promises");
    const file = await open(this.path).catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(MAX_HEADER), 0, MAX_HEADER, 0);
      const length = headerLength(buffer.subarray(0, bytesRead));
      const source = length && parseSource(buffer.subarray(0, length));
      return source ? { source, received: (await file.stat()).size - length } : undefined;
    } catch {
      return undefined; // a folder of that name, or a disk that fails: the write that follows reports it
    } finally {
      await file.close();
    }
  }

  /** Begins anew. */
  async start(source: PartSource): Promise<void> {
    const { writeFile } = nodeBuiltin(this.#caller, "node:fs/promises");
    await this.#writing(() => writeFile(this.path, `${JSON.stringify(source)}\n`));
  }

  /** Takes pieces until they end; `onPiece` is told of each, once it is written. */
  async append(pieces: AsyncIterable<Uint8Array>, onPiece: (length: number) => void): Promise<void> {
    const { open } = nodeBuiltin(this.#caller, "node:fs/promises");
    const file = await this.#writing(() => open(this.path, "a"));
    try {
      for await (const piece of pieces) {
        await this.#writing(() => file.writeFile(piece));
        onPiece(piece.length);
      }
    } finally {
      await file.close();
    }
  }

  /** The bytes, without the first line. */
  async read(maxBytes: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const bytes = await readStored(this.#caller, this.path, maxBytes + MAX_HEADER, signal);
    return bytes.subarray(headerLength(bytes));
  }

  async remove(): Promise<void> {
    const { rm } = nodeBuiltin(this.#caller, "node:fs/promises");
    await this.#writing(() => rm(this.path, { force: true }));
  }

  #writing<Result>(step: () => Promise<Result>): Promise<Result> {
    return writing(this.#caller, this.path, step);
  }
}

/** The longest first line. */
const MAX_HEADER = 8192;
const LINE_FEED = 10;

/** The length of the first line with its end, 0 if it has none. */
function headerLength(bytes: Uint8Array): number {
  return bytes.subarray(0, MAX_HEADER).indexOf(LINE_FEED) + 1;
}

function parseSource(line: Uint8Array): PartSource | undefined {
  try {
    const { url, validator, total } = JSON.parse(new TextDecoder().decode(line)) as Record<string, unknown>;
    return typeof url === "string" &&
      (validator === undefined || typeof validator === "string") &&
      (total === undefined || typeof total === "number")
      ? { url, validator, total }
      : undefined;
  } catch {
    return undefined;
  }
}
