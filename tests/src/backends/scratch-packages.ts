import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readJson, root } from "../workspace.ts";
import { runShown, say } from "./commands.ts";

/** The version of TensorFlow.js in this repository: its parts must agree. */
export function tfjsVersion(): string {
  return readJson("node_modules/@tensorflow/tfjs-core/package.json").version!;
}

/** Folder of this repository, ignored by git, where a script keeps what it installed. */
export function scratchFolder(name: string): string {
  return join(root, ".backends", name);
}

/**
 * Installs packages in a scratch folder below the repository, without their install scripts; once.
 *
 * What the repository has of TensorFlow.js is then removed there. Node goes on looking in the folders above, so that the packages
 * and the tests share one `@tensorflow/tfjs-core`, without which no backend would be registered where the tests look.
 *
 * @param packages - such as `webgpu@0.6.2`.
 * @returns The `node_modules` folder.
 */
export function installScratchPackages(folder: string, packages: readonly string[]): string {
  const modules = join(folder, "node_modules");
  const manifest = JSON.stringify({ private: true, packages });
  if (existsSync(join(modules, manifestName(packages)))) return modules;
  say(`Installing ${packages.join(" ")} in ${folder}`);
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest);
  const flags = ["--ignore-scripts", "--no-save", "--no-package-lock", "--legacy-peer-deps"];
  runShown(folder, "npm", ["install", ...flags, ...packages]);
  for (const name of readdirSync(join(root, "node_modules/@tensorflow"))) {
    rmSync(join(modules, "@tensorflow", name), { recursive: true, force: true });
  }
  writeFileSync(join(modules, manifestName(packages)), "");
  return modules;
}

/** A file of this name says that the installation went to its end. */
function manifestName(packages: readonly string[]): string {
  return `.installed-${packages.join("-").replaceAll(/[^\w.-]/g, "-")}`;
}
