import { DatasetFileError } from "./dataset-file-error.ts";

/**
 * Says of a file what a parser said of its bytes.
 *
 * @param kind - what the file should be, with its article.
 * @param cause - the error of a parser, `parser: bytes must …`.
 * @internal
 */
export function corruptFile(caller: string, path: string, kind: string, cause: unknown): DatasetFileError {
  const reason = (cause as Error).message.replace(/^\w+: bytes/, "its bytes");
  return new DatasetFileError(`${caller}: ${path} must be ${kind}; ${reason}`, {
    path,
    problem: "corrupt",
    cause,
  });
}
