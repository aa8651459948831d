import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** The parts of a package.json that these tests read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly [field: string]: unknown;
}

/** A workspace of this repository, with the text of every file under its src. */
export interface SourcePackage {
  /** Folder relative to the repository, such as `packages/mcmc`. */
  readonly directory: string;
  readonly manifest: Manifest;
  /** Path relative to the folder, such as `src/index.ts`, to text. */
  readonly files: ReadonlyMap<string, string>;
}

/** The published packages, from the left of the border table to its right. */
export const published = ["mcmc", "calibration", "metrics", "datasets", "gan-core", "cli"] as const;

/** The starter projects: the folders of `examples/` that are workspaces of their own. */
export const starters: readonly string[] = readdirSync(join(root, "examples"))
  .map((name) => `examples/${name}`)
  .filter((directory) => existsSync(join(root, directory, "package.json")));

/** The workspaces that are never published. */
export const unpublished: readonly string[] = ["benchmarks", "examples", ...starters, "tests"];

export function readJson<T = Manifest>(...path: string[]): T {
  return JSON.parse(readFileSync(join(root, ...path), "utf8")) as T;
}

const skipped = new Set(["node_modules", "dist", ".git", ".turbo", ".doc-examples", ".backends"]);

/** Paths, relative to `directory`, of all files under it whose name ends as asked; sorted; what tools make is left out. */
export function filesUnder(directory: string, ending: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isFile()) return entry.name.endsWith(ending) ? entry.name : [];
      if (!entry.isDirectory() || skipped.has(entry.name)) return [];
      return filesUnder(join(directory, entry.name), ending).map((path) => `${entry.name}/${path}`);
    })
    .sort();
}

export function readPackage(directory: string): SourcePackage {
  const files = new Map<string, string>();
  for (const path of filesUnder(join(root, directory, "src"), ".ts"))
    files.set(`src/${path}`, readFileSync(join(root, directory, "src", path), "utf8"));
  return { directory, manifest: readJson(directory, "package.json"), files };
}
