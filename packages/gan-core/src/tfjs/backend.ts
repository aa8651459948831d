import * as tf from "@tensorflow/tfjs-core";
import { type BackendName, backendNames } from "../backend-names.ts";
import { installWasmKernels } from "./wasm-kernels/install-wasm-kernels.ts";

/** Which backend runs now, and why better ones do not. */
export interface BackendReport {
  readonly backend: BackendName;
  readonly failures: readonly { readonly backend: BackendName; readonly reason: string }[];
}

interface Engine {
  /** The optional package that registers it. */
  readonly package: string;
  /** The name it has in TensorFlow.js. */
  readonly registeredAs: string;
  readonly prepare?: () => void;
}

const engines: Record<BackendName, Engine> = {
  "tfjs-node-gpu": { package: "@tensorflow/tfjs-node-gpu", registeredAs: "tensorflow" },
  "tfjs-node": { package: "@tensorflow/tfjs-node", registeredAs: "tensorflow" },
  webgpu: { package: "@tensorflow/tfjs-backend-webgpu", registeredAs: "webgpu" },
  wasm: {
    package: "@tensorflow/tfjs-backend-wasm",
    registeredAs: "wasm",
    prepare: installWasmKernels,
  },
  cpu: { package: "@tensorflow/tfjs-backend-cpu", registeredAs: "cpu" },
};

/**
 * Makes TensorFlow.js run on a backend: the one asked for, else the best that loads.
 *
 * Backends are optional packages. On `wasm` the kernels that training needs and the fast ones are installed first.
 *
 * @param name - if given, this backend or an error; never a silent fall to another.
 * @returns The backend in use and why each better one was passed over.
 * @throws {Error} if the backend asked for does not load (the message says what to install), or none does.
 */
export async function useBackend(name?: BackendName): Promise<BackendReport> {
  if (name !== undefined && !backendNames.includes(name)) {
    throw new RangeError(`useBackend: name must be one of ${backendNames.join(", ")}, got ${String(name)}`);
  }
  const failures: { backend: BackendName; reason: string }[] = [];
  for (const backend of name === undefined ? backendNames : [name]) {
    try {
      await start(engines[backend]);
      return { backend, failures };
    } catch (error) {
      failures.push({ backend, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = failures.map(({ backend, reason }) => `${backend}: ${reason.split("\n")[0]}`).join("; ");
  const advice =
    name === undefined
      ? `install one, for example: npm install ${engines.wasm.package}`
      : `npm install ${engines[name].package}`;
  throw new Error(`useBackend: could not start ${name ?? "any backend"} (${reasons}); ${advice}`);
}

async function start({ package: specifier, registeredAs, prepare }: Engine): Promise<void> {
  // The package may be absent: it is optional, so its name is kept from bundlers and from the type checker.
  await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier);
  prepare?.();
  if (!(await tf.setBackend(registeredAs))) throw new Error("it was loaded but refused to start");
  await tf.ready();
}
