import * as tf from "@tensorflow/tfjs-core";
import { type BackendName, backendNames } from "../backend-names.ts";
import { BackendError, type BackendFault } from "./backends/backend-error.ts";
import { checkInstance, loadBackend, newInstance } from "./backends/load-backend.ts";

/** Whether a backend runs here, and if not, why and what to do. */
export interface BackendDescription {
  /** Which backend it is. */
  readonly backend: BackendName;
  /** Whether it runs here, or in what way it does not. */
  readonly status: "usable" | BackendFault;
  /** Why it does not run, or why `useBackend()` passes it over although it runs. Empty if there is nothing to say. */
  readonly reason: string;
  /** What to do, such as `npm install @tensorflow/tfjs-node`. Empty if nothing is to be done. */
  readonly advice: string;
}

/**
 * Tries every backend, best first, without using any: each is loaded and started once beside the one in use, which stays.
 *
 * @returns One description for each of `backendNames`.
 * @example
 * ```ts
 * import { describeBackends } from "@mhgan/gan-core/tfjs";
 *
 * for (const { backend, status, reason } of await describeBackends()) console.log(backend, status, reason);
 * ```
 */
export async function describeBackends(): Promise<BackendDescription[]> {
  const previous = tf.getBackend();
  const descriptions: BackendDescription[] = [];
  for (const backend of backendNames) {
    try {
      const remark = await tryOut(backend, previous);
      descriptions.push({ backend, status: "usable", reason: remark ?? "", advice: "" });
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      const { status, reason, advice } = error;
      descriptions.push({ backend, status, reason, advice });
    }
  }
  // tfjs-node makes itself the backend in use when it is imported.
  if (previous && tf.getBackend() !== previous) await tf.setBackend(previous);
  return descriptions;
}

/** Starts an instance of a backend beside the engine and ends it; gives its drawback. */
async function tryOut(backend: BackendName, current: string | undefined): Promise<string | undefined> {
  const engine = await loadBackend(backend);
  if (engine.registeredAs === current) checkInstance(backend, tf.backend());
  else {
    const instance = await newInstance(backend);
    try {
      checkInstance(backend, instance);
    } finally {
      instance.dispose();
    }
  }
  return engine.drawback?.();
}
