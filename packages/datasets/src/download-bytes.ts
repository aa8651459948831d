/** How far the download of one file has come. */
export interface DownloadProgress {
  /** The address. */
  readonly url: string;
  /** The bytes that have arrived. */
  readonly received: number;
  /** The bytes that will arrive, where the server says so. */
  readonly total: number | undefined;
}

/**
 * Fetches the body at an address.
 *
 * @throws {Error} if the answer is not a success, is cut off, or is larger than `maxBytes`: then the rest is not read.
 * @internal
 */
export async function downloadBytes(
  url: string,
  options: {
    readonly fetch: typeof globalThis.fetch;
    readonly maxBytes: number;
    readonly signal: AbortSignal | undefined;
    readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
  },
): Promise<Uint8Array> {
  const { maxBytes, signal, onProgress } = options;
  const response = await options.fetch(url, signal ? { signal } : {});
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}${response.ok ? " without a body" : ""}`);
  }
  // A body that the server compressed on the way arrives decompressed: its announced length is another one.
  const announced = response.headers.has("content-encoding") ? null : response.headers.get("content-length");
  const total = announced === null ? undefined : Number(announced);
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    received += chunk.length;
    if (received > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    onProgress?.({ url, received, total });
  }
  return concatenate(chunks, received);
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
