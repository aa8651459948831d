import * as tf from "@tensorflow/tfjs-core";
import { type BackendName, backendNames } from "../backend-names.ts";
import { BackendError, type BackendFault } from "./backends/backend-error.ts";
import { checkInstance, faultOf, loadBackend, newInstance } from "./backends/load-backend.ts";

/** Why a backend was passed over. */
export interface BackendFailure {
  /** Which backend was passed over. */
  readonly backend: BackendName;
  /** `unsuited`: it runs, but slower than others here, so that it must be asked for. */
  readonly status: BackendFault | "unsuited";
  /** Why, in words that continue a sentence. */
  readonly reason: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Which backend runs now, and why better ones do not. */
export interface BackendReport {
  /** The backend that runs now. */
  readonly backend: BackendName;
  /** The backends before it in the order of preference, each with why it does not run. */
  readonly failures: readonly BackendFailure[];
}

/**
 * Makes TensorFlow.js run on a backend: the one asked for, else the best that loads.
 *
 * Backends are optional packages, imported when needed. In a bundled page import them yourself (`import "@tensorflow/tfjs-backend-wasm"`): one that
 * is registered is used as it is. On `wasm` the kernels that training needs and the fast ones are installed first; on `webgpu` in Node the
 * package `webgpu` gives a `navigator.gpu`; for `tfjs-node` on Node 23 and newer two functions come back to `node:util`.
 *
 * @param name - if given, this backend or an error; never a silent fall to another.
 * @returns The backend in use and why each better one was passed over.
 * @throws {BackendError} if the backend asked for does not run: why, and what to do. The one in use before stays in use.
 * @throws {Error} if none runs.
 * @example
 * ```ts
 * import { useBackend } from "@mhgan/gan-core/tfjs";
 *
 * const { backend, failures } = await useBackend(); // for example "wasm", since tfjs-node is not installed
 * ```
 */
export async function useBackend(name?: BackendName): Promise<BackendReport> {
  if (name !== undefined && !backendNames.includes(name)) {
    throw new RangeError(`useBackend: name must be one of ${backendNames.join(", ")}, got ${String(name)}`);
  }
  const previous = tf.getBackend();
  const failures: BackendFailure[] = [];
  for (const backend of name === undefined ? backendNames : [name]) {
    try {
      const drawback = await start(backend, name === undefined);
      if (drawback === undefined) return { backend, failures };
      failures.push({
        backend,
        status: "unsuited",
        reason: drawback,
        advice: `ask for it: useBackend("${backend}")`,
      });
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      const { status, reason, advice } = error;
      failures.push({ backend, status, reason, advice });
      if (name === undefined) continue;
      // A start that failed leaves TensorFlow.js without any backend.
      if (previous && previous !== tf.getBackend()) await tf.setBackend(previous);
      throw error;
    }
  }
  const reasons = failures.map(({ backend, reason }) => `${backend}: ${reason}`).join("; ");
  const advice = faultOf("wasm", "missing", "").advice;
  throw new Error(
    `useBackend: could not start any backend (${reasons}); install one, for example: ${advice}`,
  );
}

/** Starts a backend, unless it has a drawback that counts: then gives that. */
async function start(backend: BackendName, unasked: boolean): Promise<string | undefined> {
  const { registeredAs, drawback } = await loadBackend(backend);
  const why = unasked ? await drawback?.() : undefined;
  if (why !== undefined) return why;
  if (!(await tf.setBackend(registeredAs))) {
    (await newInstance(backend)).dispose(); // fails again, and tells why
    throw faultOf(backend, "broken", "it was loaded but did not start");
  }
  await tf.ready();
  checkInstance(backend, tf.backend());
  return undefined;
}
