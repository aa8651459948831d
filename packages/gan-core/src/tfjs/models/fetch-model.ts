import type { LayersModel } from "@tensorflow/tfjs-layers";
import { DEFAULT_MAX_BYTES } from "./deserialize-model.ts";
import { ModelFileError } from "./model-file-error.ts";
import type { LoadModelOptions } from "./model-files.ts";
import { readModel } from "./read-model.ts";

/** Options of {@link fetchModel}. */
export interface FetchModelOptions extends LoadModelOptions {
  /** Stops the download: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Replaces the global `fetch`, to send credentials, say. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Loads a model that `saveModel` or `serializeModel` made from a web server.
 *
 * @param url - of the folder with `manifest.json`, `model.json` and `weights.bin`.
 * @throws {ModelFileError} as `deserializeModel`, or if a file cannot be fetched. No more is read than the manifest declares.
 * @throws the signal's reason, once it is aborted.
 * @example
 * ```ts
 * import { fetchModel } from "@mhgan/gan-core/tfjs";
 * const generator = await fetchModel("https://example.org/models/generator");
 * ```
 */
export function fetchModel(url: string, options: FetchModelOptions = {}): Promise<LayersModel> {
  const { maxBytes = DEFAULT_MAX_BYTES, signal, fetch: get = globalThis.fetch } = options;
  const called = (name: string): string => `${url.replace(/\/$/, "")}/${name}`;
  const read = async (name: string, limit: number): Promise<Uint8Array> => {
    let response: Response;
    try {
      response = await get(called(name), signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new ModelFileError(called(name), `could not be fetched (${(error as Error).message})`, {
        cause: error,
      });
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new ModelFileError(called(name), `could not be fetched (HTTP status ${response.status})`);
    }
    return readAtMost(response, limit, called(name), signal);
  };
  return readModel({ read, called, maxBytes });
}

async function readAtMost(
  response: Response,
  limit: number,
  file: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (const reader = response.body!.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        throw new ModelFileError(file, `must have at most ${limit} bytes, got more`);
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError(file, `broke off after ${length} bytes (${(error as Error).message})`, {
      cause: error,
    });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
