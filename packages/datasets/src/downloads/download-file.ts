import { DatasetFileError } from "../dataset-file-error.ts";
import { nodeBuiltin } from "../node-builtin.ts";
import type { PartFile, PartSource, PartState } from "./part-file.ts";
import { stallTimer } from "./stall-timer.ts";

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
  const begun = await resumable(url, part);
  // All of it came, and the program ended before it was looked at.
  if (begun !== undefined && begun.received === begun.source.total) return { pieced: true };
  const stall = stallTimer(options.stallTimeout);
  try {
    const { fetch, signal } = options;
    const response = await fetch(url, {
      headers: headersFor(begun),
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    });
    stall.restart();
    try {
      return await take(response, url, begun, part, options, stall.restart);
    } catch (error) {
      // A body that nobody wants would keep its connection; one that was being read is cancelled already.
      if (!response.body?.locked) await response.body?.cancel().catch(() => {});
      throw error;
    }
  } catch (error) {
    throw stall.signal.aborted ? stall.signal.reason : error;
  } finally {
    stall.stop();
  }
}

function headersFor(begun: PartState | undefined): Record<string, string> {
  // Compressed files are not to be compressed again: the length and a range are then those of the file.
  const plain = { "accept-encoding": "identity" };
  if (begun?.source.validator === undefined) return plain;
  return { ...plain, range: `bytes=${begun.received}-`, "if-range": begun.source.validator };
}

/** Takes what a server answered into the part: at its end if that is how it was asked for, else from its start. */
async function take(
  response: Response,
  url: string,
  begun: PartState | undefined,
  part: PartFile,
  { maxBytes, onProgress }: DownloadOptions,
  onPiece: () => void,
): Promise<{ pieced: boolean }> {
  const { status, body } = response;
  const pieced = status === 206 && begun !== undefined;
  if (!(status === 200 || pieced) || body === null) {
    if (status === 416) await part.remove(); // the file is shorter now: from its start next time
    const reason = `HTTP ${status}${response.ok ? " without the body that was asked for" : ""}`;
    throw status < 500 && !WORTH_A_RETRY.has(status) ? new HopelessError(reason) : new Error(reason);
  }
  if (pieced && !continues(response, begun)) {
    await part.remove();
    throw new Error(`a piece other than the one from byte ${begun.received}`);
  }
  const source = pieced ? begun.source : sourceOf(url, response);
  const { total } = source;
  if (total !== undefined && total > maxBytes) throw new TooLongError(maxBytes);
  if (!pieced) await part.start(source);
  const limit = total ?? maxBytes;
  let received = pieced ? begun.received : 0;
  await part.append(body, (length) => {
    received += length;
    if (received > limit) throw new TooLongError(limit);
    onPiece();
    onProgress?.({ url, received, total });
  });
  if (total !== undefined && received < total) throw new Error(`${received} bytes in place of ${total}`);
  return { pieced };
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
  const length = headers.get("content-length") ?? "";
  const etag = headers.get("etag");
  // A weak tag says "much the same", which is not enough to put pieces together.
  const strong = etag?.startsWith('"') ? etag : undefined;
  return {
    url,
    validator: strong ?? headers.get("last-modified") ?? undefined,
    total: /^\d+$/.test(length) ? Number(length) : undefined,
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
