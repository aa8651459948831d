import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { consumerEnvironment } from "./consumer-environment.ts";
import { consumerProgram, judge, loneExamples, toInstall } from "./consumer-programs.ts";
import type { Processes } from "./processes.ts";
import type { Publication } from "./publication.ts";
import { runtimeCommands } from "./runtime-commands.ts";
import type { Runtime } from "./runtimes-under-test.ts";
import { typeErrorsOf } from "./type-errors.ts";

/** A package and the packages of ours that it brings, as the manifests say. */
function arrivals(name: string, publication: Publication): Set<string> {
  const found = new Set<string>();
  const visit = (one: string): void => {
    if (found.has(one)) return;
    found.add(one);
    for (const dependency of Object.keys(publication.packages.get(one)!.manifest["dependencies"] ?? {}))
      if (publication.packages.has(dependency)) visit(dependency);
  };
  visit(name);
  return found;
}

/** Names of the packages in a `node_modules`, those in scopes too. */
function installedNames(modules: string): string[] {
  return readdirSync(modules)
    .filter((entry) => !entry.startsWith("."))
    .flatMap((entry) =>
      entry.startsWith("@") ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`) : entry,
    );
}

/** What differs between what arrived and what should have. */
function arrivalProblems(folder: string, expected: ReadonlySet<string>, lockfile: string): string[] {
  const found: string[] = [];
  const modules = join(folder, "node_modules");
  // Deno keeps packages in its cache; its lockfile names them.
  const names = existsSync(modules)
    ? installedNames(modules)
    : Object.keys((JSON.parse(lockfile) as { npm: object }).npm).map((key) => key.replace(/@[^@]*$/, ""));
  for (const name of names) if (!expected.has(name)) found.push(`${name} arrived and was not asked for`);
  for (const name of expected) if (!names.includes(name)) found.push(`${name} did not arrive`);
  if (/"hasInstallScript": *true/.test(lockfile)) found.push("an installation script arrived");
  return found;
}

/**
 * Installs a package in an empty folder as its README says, with a runtime's own means, and uses it as its README says.
 *
 * @param folder - does not exist yet.
 * @param withTypes - whether to check types too: they do not depend on the runtime.
 * @returns What was seen.
 * @throws {Error} that says what is wrong.
 */
export async function tryLonePackage(
  processes: Processes,
  publication: Publication,
  runtime: Runtime,
  name: string,
  folder: string,
  withTypes: boolean,
): Promise<string> {
  const commands = runtimeCommands[runtime.kind];
  const project = join(folder, "project");
  mkdirSync(project, { recursive: true });
  const surroundings = {
    cwd: project,
    env: consumerEnvironment(join(folder, "home"), publication.registry, [runtime.folder]),
  };
  const run = ([program, ...args]: readonly [string, ...string[]]) =>
    processes.run(program, args, surroundings);
  const { readme } = publication.packages.get(name)!;
  await run(commands.install(toInstall(name, readme)));

  const expected = arrivals(name, publication);
  const lockfile = readFileSync(join(project, commands.lockfile), "utf8");
  const problems = arrivalProblems(project, expected, lockfile);
  for (const one of expected) {
    const { integrity } = publication.packages.get(one)!;
    if (!lockfile.includes(integrity))
      problems.push(`what arrived as ${one} is not the tarball that was packed`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));

  const examples = loneExamples(name, readme);
  const sources: string[] = [];
  let assertions = 0;
  for (const [index, example] of examples.entries()) {
    const { where, source, module, commonJs } = await consumerProgram(example);
    const at = (extension: string): string => join(project, `example-${index}.${extension}`);
    writeFileSync(at("mts"), source);
    writeFileSync(at("mjs"), module);
    writeFileSync(at("cjs"), commonJs);
    sources.push(at("mts"));
    const imported = judge((await run(commands.run(at("mjs")))).out);
    const required = judge((await run(commands.runCommonJs(at("cjs")))).out);
    if (imported === 0 || required !== imported)
      throw new Error(`${where}: ${imported} assertions were checked with import, ${required} with require`);
    assertions += imported;
  }
  if (withTypes) {
    const errors = typeErrorsOf(sources);
    if (errors.length > 0) throw new Error(errors.join("\n"));
  }
  const others = [...expected].filter((one) => one !== name).map((one) => one.replace("@mhgan/", ""));
  return [
    `arrived ${others.length === 0 ? "alone" : `with ${others.join(", ")}`}`,
    `${examples.length} programs, ${assertions} assertions, with import and require`,
    ...(withTypes ? ["types with node16 and bundler"] : []),
  ].join("; ");
}
