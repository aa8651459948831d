import { createRequire } from "node:module";
import { backendNames } from "@mhgan/gan-core";
import { describeBackends, useBackend } from "@mhgan/gan-core/tfjs";
import type { EngineQuestion, OnnxRuntimeFacts } from "./doctor/engine-answers.ts";
import { measureSpeed } from "./doctor/measure-speed.ts";

// Started by `mhgan doctor` as a process of its own, for an engine in machine code can take its process down.

const require = createRequire(import.meta.url);

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
  let version: string | undefined;
  try {
    const loaded = (await import(name)) as {
      InferenceSession?: unknown;
      default?: { InferenceSession?: unknown };
    };
    if ((loaded.InferenceSession ?? loaded.default?.InferenceSession) === undefined) {
      throw new Error("it is not an ONNX Runtime");
    }
    version = versionOf(name);
    return { name, status: "usable", reason: "", advice: "", ...(version && { version }) };
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
    if (message.includes(`'${name}'`)) {
      return { name, status: "missing", reason: `${name} is not installed`, advice };
    }
    return { name, status: "broken", reason: message, advice: `npm rebuild ${name}` };
  }
}

function versionOf(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

const [question, name] = process.argv.slice(2);
process.send!(await answer(question as EngineQuestion, name), () => process.exit(0));
