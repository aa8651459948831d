import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "./io.ts";
import { writeWhole } from "./write-whole.ts";

/** The folder a command writes its results into. Every file appears whole or not at all; `run.json` comes last. */
export interface RunFolder {
  readonly path: string;
  /** The path of something in the folder, such as `log.jsonl`. */
  pathOf(name: string): string;
  /** Writes a file; a name with slashes lies in a folder of its own. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Counts a file that others wrote among those of the run. */
  include(name: string): Promise<void>;
  /** Removes a file or folder, if it is there. */
  remove(name: string): Promise<void>;
  /** Writes `run.json`: what ran, and the SHA-256 of every file written. */
  finish(manifest: object): Promise<void>;
}

/**
 * Makes sure now, before hours of work, that the folder can be written.
 *
 * @param options.overwrite - whether a finished run in the folder may be replaced, file by file.
 * @throws {UsageError} if it cannot be written, or holds a finished run that may not be replaced.
 */
export async function openRunFolder(path: string, options: { overwrite: boolean }): Promise<RunFolder> {
  const folder = resolve(path);
  const hashes: Record<string, string> = {};
  try {
    await mkdir(folder, { recursive: true });
    await clearLeftovers(folder);
    await writeWhole(folder, ".write-test", "");
    await rm(join(folder, ".write-test"));
  } catch (error) {
    throw new UsageError(
      `--out must be a folder that can be written, got ${path} (${(error as Error).message})`,
    );
  }
  if (!options.overwrite && (await exists(join(folder, "run.json")))) {
    throw new UsageError(`--out ${path} holds a finished run; give another folder, or --force to replace it`);
  }
  const keepHash = (name: string, content: string | Uint8Array): void => {
    hashes[name] = createHash("sha256").update(content).digest("hex");
  };
  const pathOf = (name: string): string => join(folder, ...name.split("/"));
  return {
    path: folder,
    pathOf,
    async write(name, content) {
      await mkdir(dirname(pathOf(name)), { recursive: true });
      await writeWhole(dirname(pathOf(name)), basename(pathOf(name)), content);
      keepHash(name, content);
    },
    async include(name) {
      keepHash(name, await readFile(pathOf(name)));
    },
    async remove(name) {
      await rm(pathOf(name), { recursive: true, force: true });
    },
    async finish(manifest) {
      await writeWhole(folder, "run.json", `${JSON.stringify({ ...manifest, files: hashes }, null, 2)}\n`);
    },
  };
}

/** Removes what a killed run left behind. */
async function clearLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  const leftovers = names.filter((name) => /^\..*\.\d+\.part$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
