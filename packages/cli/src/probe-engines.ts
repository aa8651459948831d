import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { backendNames } from "@mhgan/gan-core";
import { describeBackends, useBackend } from "@mhgan/gan-core/tfjs";
import type { EngineQuestion, OnnxRuntimeFacts } from "./doctor/engine-answers.ts";
import { measureSpeed } from "./doctor/measure-speed.ts";

// Started by `mhgan doctor` as a process of its own, for an engine in machine code can take its process down.

/** Optional packages must be where gan-core finds them. */
const fromGanCore = createRequire(createRequire(import.meta.url).resolve("@mhgan/gan-core/package.json"));

async function answer(question: EngineQuestion, name: string | undefined): Promise<unknown> {
  const backend = backendNames.find((known) => known === name);
  if (question === "backends") return describeBackends();
  if (question === "onnx") return onnxRuntime(name!);
  if (question === "speed") {
    await useBackend(backend);
    return measureSpeed();
  }
  try {
    await useBackend(backend);
    return { backend, status: "usable", reason: "", advice: "" };
  } catch (error) {
    const { status, reason, advice } = error as Record<string, unknown>;
    if (status === undefined) throw error;
    return { backend, status, reason, advice };
  }
}

async function onnxRuntime(name: string): Promise<OnnxRuntimeFacts> {
  const advice = `npm install ${name}`;
  let path: string;
  try {
    path = fromGanCore.resolve(name);
  } catch {
    return { name, status: "missing", reason: `${name} is not installed`, advice };
  }
  try {
    const loaded = (await import(pathToFileURL(path).href)) as Runtime & { readonly default?: Runtime };
    if ((loaded.InferenceSession ?? loaded.default?.InferenceSession) === undefined) {
      throw new Error("it is not an ONNX Runtime");
    }
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
    return { name, status: "broken", reason, advice: `npm rebuild ${name}` };
  }
  const version = versionOf(path);
  return { name, status: "usable", reason: "", advice: "", ...(version && { version }) };
}

interface Runtime {
  readonly InferenceSession?: unknown;
}

/** The version of the package that a file belongs to; not every package exports its package.json. */
function versionOf(path: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: string };
    if (version !== undefined) return version;
  }
  return undefined;
}

const [question, name] = process.argv.slice(2);
process.send!(await answer(question as EngineQuestion, name), () => process.exit(0));
