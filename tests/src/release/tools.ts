import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.ts";
import type { Processes } from "./processes.ts";

/** Where tools of the rehearsal stay from one to the next; ignored by git, and gone with `npm ci`. */
const cache = join(root, "node_modules/.cache/rehearsal");

/**
 * Installs packages for the rehearsal's own use, without their install scripts, once: they are large, and nobody who does not
 * release needs them.
 *
 * @param packages - with their exact versions, such as `verdaccio@6.8.0`.
 * @param manifest - what else to write into the package.json.
 * @returns The folder whose `node_modules` has them.
 */
export async function installTool(
  processes: Processes,
  env: NodeJS.ProcessEnv,
  packages: readonly string[],
  manifest: object = {},
): Promise<string> {
  const text = JSON.stringify({ private: true, ...manifest });
  const key = createHash("sha256")
    .update(JSON.stringify([packages, text]))
    .digest("hex");
  const name = `${packages[0]!.replaceAll(/[^\w.-]/g, "-")}-${key.slice(0, 8)}`;
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  // Under another name until it is whole: a rehearsal that is stopped leaves nothing that looks like a tool.
  const partial = join(cache, `.partial-${name}-${process.pid}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    writeFileSync(join(partial, "package.json"), text);
    await processes.run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], {
      cwd: partial,
      env,
    });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}
