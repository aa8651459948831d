import { access, readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CheckpointStore, TrainingCheckpoint } from "../tfjs/training/training-checkpoint.ts";
import { checkpointBytes, parseCheckpoint } from "./checkpoint-bytes.ts";
import { clearLeftovers, writeWholeFiles } from "./write-whole-files.ts";

/** Options of {@link fileCheckpoints}. */
export interface FileCheckpointsOptions {
  /** How many checkpoints stay, the newest. Default 2: one to go back to if the newest is damaged. */
  readonly keep?: number;
  /** Told of each checkpoint that cannot be used, before an older one is. Default: a warning of the process. */
  readonly onDamaged?: (damaged: {
    /** Its file. */
    readonly path: string;
    /** What is wrong with it. */
    readonly reason: string;
  }) => void;
}

/**
 * Keeps the checkpoints of one run in a folder, a file each.
 *
 * A file is written under a temporary name, flushed to disk and renamed, and ends in its SHA-256: a run that is killed while it saves, or a
 * full disk, leaves the checkpoints before it. A checkpoint that was cut short or changed is passed over for the one before it. Only one
 * process may use the folder at a time.
 *
 * @param folder - made when first needed.
 * @throws {RangeError} if `keep` is not an integer from 1. Saving throws if the file cannot be written. Looking for the latest
 * throws if there are checkpoints and none of them is whole: to begin anew without a word would lose the run.
 * @example
 * ```ts given options
 * import { trainGan } from "@mhgan/gan-core/tfjs";
 * import { fileCheckpoints, jsonlLog } from "@mhgan/gan-core/node";
 * // Killed at any moment and started again, it goes on where it was.
 * await trainGan({ ...options, checkpoints: fileCheckpoints("gan/checkpoints"), log: jsonlLog("gan/log.jsonl") });
 * ```
 */
export function fileCheckpoints(folder: string, options: FileCheckpointsOptions = {}): CheckpointStore {
  const { keep = 2, onDamaged = warn } = options;
  if (!(Number.isSafeInteger(keep) && keep >= 1)) {
    throw new RangeError(`fileCheckpoints: keep must be an integer from 1, got ${keep}`);
  }
  const path = resolve(folder);
  const damaged = new Set<string>();

  return {
    async save(checkpoint) {
      const name = fileName(checkpoint.step);
      await writeWholeFiles("fileCheckpoints", path, { [name]: checkpointBytes(checkpoint) });
      damaged.delete(name);
      const names = await checkpointNames(path);
      // Later ones are of a past that this run has left, since it went back to before them.
      const useful = names.filter((other) => other <= name && !damaged.has(other)).slice(0, keep);
      for (const other of names) if (!useful.includes(other)) await rm(join(path, other), { force: true });
    },

    async latest() {
      if (!(await exists(path))) return undefined;
      await clearLeftovers(path);
      const names = await checkpointNames(path);
      const reasons: string[] = [];
      for (const name of names) {
        const bytes = await readFile(join(path, name));
        let checkpoint: TrainingCheckpoint;
        try {
          checkpoint = parseCheckpoint(bytes);
        } catch (error) {
          const reason = (error as Error).message;
          damaged.add(name);
          reasons.push(`${name}: ${reason}`);
          onDamaged({ path: join(path, name), reason });
          continue;
        }
        return checkpoint;
      }
      if (reasons.length === 0) return undefined;
      throw new Error(
        `fileCheckpoints: no checkpoint in ${path} is whole (${reasons.join("; ")}); remove them to begin anew`,
      );
    },
  };
}

const fileName = (step: number): string => `step-${String(step).padStart(12, "0")}.checkpoint`;

/** The newest first. */
async function checkpointNames(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^step-\d{12}\.checkpoint$/.test(name));
  return names.sort().reverse();
}

function warn({ path, reason }: { readonly path: string; readonly reason: string }): void {
  process.emitWarning(`checkpoint ${path} cannot be used (${reason}); the one before it is tried`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
