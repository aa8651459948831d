import { backendNames } from "@mhgan/gan-core";
import type { BackendDescription } from "@mhgan/gan-core/tfjs";
import { type EngineQuestion, NoAnswerError } from "./engine-answers.ts";

/** A backend as `mhgan doctor` found it. */
export interface FoundBackend extends BackendDescription {
  /** Whether trying it ends or hangs the process, and so every command that does not name another backend. */
  readonly fatal?: boolean;
}

/**
 * Tries every backend, best first. If that takes the process down, each is tried in one of its own, so that the guilty is found.
 *
 * @param ask - puts a question to a new process.
 */
export async function findBackends(
  ask: (question: EngineQuestion, name: string) => Promise<unknown>,
): Promise<FoundBackend[]> {
  try {
    return (await ask("backends", "")) as FoundBackend[];
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
  }
  const found: FoundBackend[] = [];
  for (const backend of backendNames) {
    try {
      found.push((await ask("start", backend)) as FoundBackend);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      const advice = "remove its package, or name another backend, such as --backend wasm";
      found.push({ backend, status: "broken", reason: error.message, advice, fatal: true });
    }
  }
  return found;
}
