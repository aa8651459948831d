import { DatasetFileError } from "./dataset-file-error.ts";
import { nodeBuiltin } from "./node-builtin.ts";

/**
 * Gives back the bytes as they are, or decompressed if they start with the magic number of gzip.
 *
 * @param path - where the bytes came from, for the errors.
 * @param maxBytes - the largest result that is made.
 * @throws {DatasetFileError} if the stream is damaged or cut off, or its content is larger than `maxBytes`.
 * @internal
 */
export async function gunzip(
  caller: string,
  bytes: Uint8Array,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const zlib = nodeBuiltin(caller, "node:zlib");
  return new Promise((resolve, reject) => {
    zlib.gunzip(bytes, { maxOutputLength: maxBytes }, (error, content) => {
      if (error === null) {
        resolve(content);
      } else if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
        reject(tooLarge(caller, path, maxBytes));
      } else {
        reject(
          new DatasetFileError(
            `${caller}: ${path} must be a whole gzip file, got one that is damaged or cut off (${error.message})`,
            { path, problem: "corrupt", cause: error },
          ),
        );
      }
    });
  });
}

/** @internal */
export function tooLarge(caller: string, path: string, maxBytes: number): DatasetFileError {
  return new DatasetFileError(`${caller}: ${path} must hold at most ${maxBytes} bytes, got more`, {
    path,
    problem: "too-large",
  });
}
