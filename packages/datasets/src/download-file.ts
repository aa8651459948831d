import { DatasetFileError } from "./dataset-file-error.ts";
import { nodeBuiltin } from "./node-builtin.ts";
import type { PartFile, PartSource, PartState } from "./part-file.ts";

/** How far the download of one file has come. */
export interface DownloadProgress {
  /** The address. */
  readonly url: string;
  /** The bytes that have arrived, with those of an earlier attempt that was gone on with. */
  readonly received: number;
  /** The bytes that will arrive, where the server says so. */
  readonly total: number | undefined;
}

/** How a file is downloaded. */
export interface DownloadOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly maxBytes: number;
  readonly attempts: number;
  readonly retryDelay: number;
  readonly stallTimeout: number;
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
}

/**
 * Downloads an address into a part file: goes on where an earlier attempt stopped if the server still has the same version,
 * and tries again, after longer and longer waits, if something goes wrong on the way.
 *
 * @returns whether the file was put together from more than one answer.
 * @throws {DatasetFileError} if the part cannot be written.
 * @throws {Error} if no attempt got the whole file; with what went wrong last.
 * @internal
 */
export async function downloadFile(
  caller: string,
  url: string,
  part: PartFile,
  options: DownloadOptions,
): Promise<{ pieced: boolean }> {
  const { attempts, retryDelay, random, signal } = options;
  const { setTimeout: wait } = nodeBuiltin(caller, "node:timers/promises");
  for (let attempt = 1; ; attempt++) {
    try {
      return await downloadOnce(url, part, options);
    } catch (error) {
      if (error instanceof TooLongError || (await isUseless(part))) await part.remove();
      signal?.throwIfAborted();
      if (attempt >= attempts || error instanceof HopelessError || error instanceof DatasetFileError) {
        throw error;
      }
    }
    // Full jitter: many clients that failed together do not come back together.
    const longest = Math.min(retryDelay * 2 ** (attempt - 1), MAX_DELAY);
    await wait(random() * longest, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** The longest wait between two attempts, in milliseconds. */
const MAX_DELAY = 30_000;

/** A failure that another attempt would not change. */
class HopelessError extends Error {}

class TooLongError extends HopelessError {
  constructor(limit: number) {
    super(`more than ${limit} bytes`);
  }
}

async function downloadOnce(
  url: string,
  part: PartFile,
  options: DownloadOptions,
): Promise<{ pieced: boolean }> {
  const { maxBytes, stallTimeout, onProgress } = options;
  const begun = await resumable(url, part);
  // All of it came, and the program ended before it was looked at.
  if (begun !== undefined && begun.received === begun.source.total) return { pieced: true };

  const stall = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectByte = () => {
    clearTimeout(timer);
    const give = () => stall.abort(new Error(`nothing arrived for ${stallTimeout} ms`));
    timer = setTimeout(give, stallTimeout);
  };
  expectByte();
  try {
    const headers = begun && {
      range: `bytes=${begun.received}-`,
      "if-range": begun.source.validator!,
    };
    const response = await options.fetch(url, {
      // Compressed files are not to be compressed again: the length and a range are then those of the file.
      headers: { "accept-encoding": "identity", ...headers },
      signal: options.signal ? AbortSignal.any([options.signal, stall.signal]) : stall.signal,
    });
    expectByte();
    const body = await bodyOf(response);
    const continued = response.status === 206 && begun !== undefined;
    if (continued && !continues(response, begun)) {
      await body.cancel();
      await part.remove();
      throw new Error(`a piece other than the one from byte ${begun.received}`);
    }
    const { total } = continued ? begun.source : sourceOf(url, response);
    if (total !== undefined && total > maxBytes) {
      await body.cancel();
      throw new TooLongError(maxBytes);
    }
    if (!continued) await part.start(sourceOf(url, response));
    const limit = total ?? maxBytes;
    let received = continued ? begun.received : 0;
    await part.append(body, (length) => {
      received += length;
      if (received > limit) throw new TooLongError(limit);
      expectByte();
      onProgress?.({ url, received, total });
    });
    if (total !== undefined && received < total) throw new Error(`${received} bytes in place of ${total}`);
    return { pieced: continued };
  } catch (error) {
    throw stall.signal.aborted ? stall.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }

  async function bodyOf(response: Response): Promise<ReadableStream<Uint8Array>> {
    const { status, body } = response;
    if ((status === 200 || (status === 206 && begun !== undefined)) && body !== null) return body;
    await body?.cancel();
    const reason = `HTTP ${status}${response.ok ? " without the body that was asked for" : ""}`;
    if (status === 416) await part.remove(); // the file is shorter now: from its start next time
    throw status < 500 && !WORTH_A_RETRY.has(status) ? new HopelessError(reason) : new Error(reason);
  }
}

/** Answers of the client's kind after which another attempt makes sense: timeout, range, too early, too many. */
const WORTH_A_RETRY = new Set([408, 416, 425, 429]);

/** What there is of this address already, if it can be gone on with. */
async function resumable(url: string, part: PartFile): Promise<PartState | undefined> {
  const state = await part.state();
  return state?.source.url === url && canGoOn(state) ? state : undefined;
}

function canGoOn({ source, received }: PartState): boolean {
  return source.validator !== undefined && received > 0;
}

/** Whether nobody can go on with a part, from whichever address it came. */
async function isUseless(part: PartFile): Promise<boolean> {
  const state = await part.state();
  return state !== undefined && !canGoOn(state);
}

function sourceOf(url: string, response: Response): PartSource {
  const { headers } = response;
  // A body that the server compressed on the way arrives decompressed: length and ranges are those of other bytes.
  if (headers.has("content-encoding")) return { url, validator: undefined, total: undefined };
  const length = headers.get("content-length");
  const etag = headers.get("etag");
  // A weak tag says "much the same", which is not enough to put pieces together.
  const strong = etag?.startsWith('"') ? etag : undefined;
  return {
    url,
    validator: strong ?? headers.get("last-modified") ?? undefined,
    total: length === null ? undefined : Number(length),
  };
}

/** Whether a partial answer begins where the earlier one stopped, and is of a file of the same size. */
function continues(response: Response, { received, source: { total } }: PartState): boolean {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
  return (
    range !== null &&
    Number(range[1]) === received &&
    (range[2] === "*" || total === undefined || Number(range[2]) === total) &&
    !response.headers.has("content-encoding")
  );
}
