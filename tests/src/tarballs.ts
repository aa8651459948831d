import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Manifest, published, root } from "./workspace.ts";

/** A package as npm would publish it. */
export interface Tarball {
  readonly name: string;
  /** Full path of the .tgz file. */
  readonly path: string;
  /** Paths of the files inside, relative to the package. */
  readonly files: readonly string[];
}

/** The result of a command; a failing one is an error that shows what it wrote. */
export async function run(
  directory: string,
  command: string,
  args: readonly string[],
): Promise<{ stdout: string; stderr: string }> {
  try {
    return await promisify(execFile)(command, args, {
      cwd: directory,
      env: cleanEnvironment(),
      maxBuffer: 2 ** 28,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed\n${stdout ?? ""}\n${stderr ?? ""}`, {
      cause: error,
    });
  }
}

/** The environment without what the surrounding `npm test` adds: the consumer must not see that it is inside a workspace. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(registry|cache|userconfig|globalconfig|offline|prefer_offline|.*proxy|cafile)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        kept.test(name) || !/^(npm_|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|VITEST|TEST$|INIT_CWD$)/i.test(name),
    ),
  );
}

/** Packs every published package into `directory`. The packages must be built. */
export async function packAll(directory: string): Promise<Map<string, Tarball>> {
  const workspaces = published.flatMap((name) => ["--workspace", `packages/${name}`]);
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", directory, ...workspaces];
  const { stdout } = await run(root, "npm", args);
  const packed = JSON.parse(stdout) as { name: string; filename: string; files: { path: string }[] }[];
  return new Map(
    packed.map(({ name, filename, files }) => [
      name,
      // Older npm writes the scoped name into `filename`, but not onto the disk.
      {
        name,
        path: join(directory, filename.replace("@", "").replace("/", "-")),
        files: files.map((file) => file.path),
      },
    ]),
  );
}

/** An empty project outside the repository with these tarballs installed. */
export async function installTarballs(
  directory: string,
  tarballs: readonly Tarball[],
  options: { offline: boolean },
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const manifest = { name: "consumer", version: "1.0.0", private: true, type: "module" };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest));
  const network = options.offline ? "--offline" : "--prefer-offline";
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  await run(directory, "npm", ["install", network, ...quiet, ...tarballs.map((tarball) => tarball.path)]);
}

export function installedManifest(directory: string, name: string): Manifest {
  return JSON.parse(readFileSync(join(directory, "node_modules", name, "package.json"), "utf8")) as Manifest;
}

/** The module specifiers that an installed package offers to code: `@mhgan/mcmc`, and its subpaths if it has any. */
export function entriesOf(manifest: Manifest): string[] {
  return Object.keys(manifest["exports"] as object)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => manifest.name + subpath.slice(1));
}
