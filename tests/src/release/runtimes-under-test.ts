import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Processes } from "./processes.ts";
import { installTool } from "./tools.ts";

/** A JavaScript runtime that can be run here. */
export interface Runtime {
  readonly kind: "node" | "deno" | "bun";
  /** With its version, such as `Node 22.23.3`. */
  readonly name: string;
  /** The folder that goes first in PATH, so that its programs are found before others. */
  readonly folder: string;
}

/** One that cannot. */
export interface MissingRuntime {
  readonly name: string;
  readonly reason: string;
}

/** The versions of Node beside the running one, newest of each that has long-term support; not those of the running one. */
const nodes = ["20.20.2", "22.23.3", "24.21.0"];
const deno = "deno@2.9.6";
const bun = "bun@1.4.5";

const platform = process.platform === "win32" ? "win" : process.platform;

/** Folders of programs that packages bring for some platform each: `@oven/bun-linux-x64/bin`, `@deno/linux-x64-glibc`. */
function platformFolders(tool: string, scope: string, inside: string): string[] {
  const folder = join(tool, "node_modules", scope);
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name, inside))
    : [];
}

/**
 * The runtimes to try: the running Node, the other versions of Node that the packages promise, Deno, and Bun. All but the first come
 * from npm's packages of them.
 *
 * @param wanted - some of `node`, `node20`, `node22`, `node24`, `deno`, `bun`. Default: all.
 */
export async function findRuntimes(
  processes: Processes,
  env: NodeJS.ProcessEnv,
  wanted?: readonly string[],
): Promise<(Runtime | MissingRuntime)[]> {
  const isWanted = (name: string): boolean => wanted === undefined || wanted.includes(name);

  /** The first of the folders that one of the packages brings whose program starts here. */
  async function find(
    kind: Runtime["kind"],
    title: string,
    spec: string,
    foldersOf: (tool: string) => string[],
  ): Promise<Runtime | MissingRuntime> {
    try {
      const tool = await installTool(processes, env, [spec]);
      const reasons: string[] = [];
      for (const folder of foldersOf(tool)) {
        try {
          const { out } = await processes.run(join(folder, kind), ["--version"], { cwd: tool, env });
          const [version] = /\d+\.\d+\.\d+/.exec(out) ?? [];
          return { kind, name: `${title.split(" ")[0]} ${version}`, folder };
        } catch (error) {
          reasons.push((error as Error).message);
        }
      }
      return {
        name: title,
        reason: reasons[0] ?? `${spec} brings no program for ${platform}-${process.arch}`,
      };
    } catch (error) {
      const [, why] = /npm error (?!code|A complete log)(.*)/.exec((error as Error).message) ?? [];
      return { name: title, reason: `${spec} cannot be installed: ${why ?? (error as Error).message}` };
    }
  }

  const found: (Runtime | MissingRuntime)[] = [];
  if (isWanted("node"))
    found.push({ kind: "node", name: `Node ${process.versions.node}`, folder: dirname(process.execPath) });
  for (const version of nodes) {
    const [major] = version.split(".");
    if (major === process.versions.node.split(".")[0] || !isWanted(`node${major}`)) continue;
    const name = `node-${platform}-${process.arch}`;
    const foldersOf = (tool: string) => [join(tool, "node_modules", name, "bin")];
    found.push(await find("node", `Node ${major}`, `${name}@${version}`, foldersOf));
  }
  if (isWanted("deno"))
    found.push(await find("deno", "Deno", deno, (tool) => platformFolders(tool, "@deno", "")));
  if (isWanted("bun"))
    found.push(await find("bun", "Bun", bun, (tool) => platformFolders(tool, "@oven", "bin")));
  return found;
}
