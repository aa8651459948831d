import { DatasetFileError } from "./dataset-file-error.ts";

/**
 * Waits for a step of writing, and says which file could not be written if it fails.
 *
 * @throws {DatasetFileError} if the system refuses.
 * @internal
 */
export async function writing<Result>(
  caller: string,
  path: string,
  step: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    return await step();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new DatasetFileError(`${caller}: ${path} must be writable, got ${(cause as Error).message}`, {
      path,
      problem: "unwritable",
      cause,
    });
  }
}
