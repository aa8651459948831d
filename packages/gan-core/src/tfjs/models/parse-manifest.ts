import { ModelFileError } from "./model-file-error.ts";
import { contentNames, type ModelManifest } from "./model-files.ts";

/** No honest manifest is larger. */
export const MAX_MANIFEST_BYTES: number = 2 ** 16;

/**
 * Reads a manifest and holds the sizes that it declares against the limit, before any other file is touched.
 *
 * @param file - what to call the manifest in errors.
 */
export function parseManifest(bytes: Uint8Array, maxBytes: number, file: string): ModelManifest {
  const fail = (reason: string): never => {
    throw new ModelFileError(file, reason);
  };
  if (bytes.length > MAX_MANIFEST_BYTES) {
    fail(`must have at most ${MAX_MANIFEST_BYTES} bytes, got ${bytes.length}`);
  }
  const manifest = parseJson(bytes, file) as Partial<ModelManifest>;
  if (manifest.format !== "mhgan-model") {
    fail(`must be of the format "mhgan-model", got ${JSON.stringify(manifest.format)}`);
  }
  if (manifest.version !== 1) fail(`must be of version 1, got ${JSON.stringify(manifest.version)}`);
  if (typeof manifest.files !== "object" || manifest.files === null) fail("must list files");
  const names = Object.keys(manifest.files!);
  const stranger = names.find((name) => !contentNames.includes(name as "model.json"));
  if (stranger !== undefined) {
    fail(`must list ${contentNames.join(" and ")} alone, got ${JSON.stringify(stranger)}`);
  }
  let total = bytes.length;
  for (const name of contentNames) {
    const entry = names.includes(name) ? manifest.files![name] : fail(`must list ${name}`);
    if (!Number.isSafeInteger(entry?.bytes) || entry.bytes < 0) {
      fail(`must give the size of ${name}, got ${JSON.stringify(entry?.bytes)}`);
    }
    if (typeof entry.sha256 !== "string" || !/^[0-9a-f]{64}$/.test(entry.sha256)) {
      fail(`must give the SHA-256 of ${name}, got ${JSON.stringify(entry.sha256)}`);
    }
    total += entry.bytes;
  }
  if (total > maxBytes) {
    fail(
      `declares a model of ${total} bytes, more than maxBytes = ${maxBytes}; give a larger one if you trust the model`,
    );
  }
  return manifest as ModelManifest;
}

/** Parses UTF-8 JSON that must be an object. */
export function parseJson(bytes: Uint8Array, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ModelFileError(file, `must be JSON (${(error as Error).message})`, { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ModelFileError(file, "must be a JSON object");
  }
  return value as Record<string, unknown>;
}
