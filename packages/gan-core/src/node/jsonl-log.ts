import { appendFile, mkdir, readFile, stat, truncate } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { TrainingLog, TrainingLogEntry } from "../tfjs/training/training-log.ts";
import { withFile } from "./write-whole-files.ts";

/**
 * A training log as a file of JSON lines, one an entry.
 *
 * With checkpoints, a run that starts or resumes cuts the file back to the step it goes on from, so that the log of a run that was
 * killed equals that of one that was not, line by line. Without, the file must be new or empty.
 *
 * @param path - of the log; its folder is made when first needed.
 * @throws {Error} when it is used, if the file cannot be written, holds something else than entries, or is not empty and no run resumes.
 */
export function jsonlLog(path: string): TrainingLog {
  const file = resolve(path);
  let open = false;

  const write = async (entry: TrainingLogEntry): Promise<void> => {
    if (!open) await begin();
    await appendFile(file, `${JSON.stringify(entry)}\n`);
  };

  const begin = async (): Promise<void> => {
    await mkdir(dirname(file), { recursive: true });
    const size = await sizeOf(file);
    if (size > 0) {
      throw new Error(
        `jsonlLog: file must be new or empty where no run resumes, got ${file} of ${size} bytes`,
      );
    }
    open = true;
  };

  const rewind = async (step: number): Promise<void> => {
    if ((await sizeOf(file)) > 0) await truncate(file, bytesUpTo(step, await readFile(file), file));
    else await begin();
    open = true;
  };

  const sync = async (): Promise<void> => {
    if ((await sizeOf(file)) > 0) await withFile(file, "r+", (handle) => handle.sync());
  };

  return Object.assign(write, { rewind, sync });
}

/** How many bytes the entries take that are not after a step. A last line without its end was being written: it is none. */
function bytesUpTo(step: number, bytes: Buffer, file: string): number {
  let kept = 0;
  let line = 1;
  for (let end = bytes.indexOf("\n"); end !== -1; end = bytes.indexOf("\n", kept), line++) {
    const entry = parseEntry(bytes.toString("utf8", kept, end));
    if (entry === undefined) {
      throw new Error(
        `jsonlLog: line ${line} of ${file} must be an entry of a training log, got something else`,
      );
    }
    if (entry.step > step) break;
    kept = end + 1;
  }
  return kept;
}

function parseEntry(line: string): { readonly step: number } | undefined {
  try {
    const entry = JSON.parse(line) as { readonly step: number } | null;
    return Number.isSafeInteger(entry?.step) ? entry! : undefined;
  } catch {
    return undefined;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
