import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "../../backend-names.ts";
import { BackendError, type BackendFault } from "./backend-error.ts";
import { type Engine, engines, packagesOf } from "./engines.ts";
import { importOptional } from "./import-optional.ts";
import { nodeVersion } from "./node-runtime.ts";

/**
 * Registers a backend in TensorFlow.js, with its kernels, and makes sure that the machine has what it needs. It is not started.
 *
 * @throws {BackendError} if it could not be started.
 */
export async function loadBackend(backend: BackendName): Promise<Engine> {
  const engine = engines[backend];
  const { registeredAs, needs, native } = engine;
  const unsupported = (reason: string): BackendError => faultOf(backend, "unsupported", reason);
  if (native && nodeVersion() === undefined) throw unsupported("it runs in Node alone");
  // In a page the backend may be part of a bundle, where an import by name would not find it. Two addons have one name in TensorFlow.js.
  if (native || tf.findBackendFactory(registeredAs) === null) {
    try {
      await engine.prepare?.();
      await importOptional(engine.package);
    } catch (error) {
      throw importFault(backend, error);
    }
    if (tf.findBackendFactory(registeredAs) === null) {
      throw unsupported(`${engine.package} finds no ${needs} here`);
    }
  }
  const obstacle = await engine.obstacle?.();
  if (obstacle !== undefined) throw unsupported(obstacle);
  engine.install?.();
  return engine;
}

/**
 * A new instance of a loaded backend, which TensorFlow.js does not know. The caller disposes it.
 *
 * @throws {BackendError} if it does not start. TensorFlow.js itself would only log why.
 */
export async function newInstance(backend: BackendName): Promise<tf.KernelBackend> {
  try {
    return await tf.findBackendFactory(engines[backend].registeredAs)();
  } catch (error) {
    throw faultOf(backend, "broken", `it was loaded but did not start: ${messageOf(error)}`);
  }
}

/** @throws {BackendError} if a running backend is not what was asked for. */
export function checkInstance(backend: BackendName, instance: tf.KernelBackend): void {
  const objection = engines[backend].objection?.(instance);
  if (objection !== undefined) throw faultOf(backend, "unsupported", objection);
}

/** A fault of a backend with the advice that helps against it. */
export function faultOf(backend: BackendName, status: BackendFault, reason: string): BackendError {
  const install = `npm install ${packagesOf(engines[backend]).join(" ")}`;
  const guide = "see https://github.com/mhgan/mhgan/blob/main/docs/backends.md";
  const advice: Record<BackendFault, string> = {
    missing: install,
    broken: engines[backend].native
      ? `npm rebuild ${engines[backend].package}, or build it, ${guide}`
      : install,
    unsupported: guide,
  };
  return new BackendError(backend, status, reason, advice[status]);
}

/** The first line of what went wrong. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!.trim();
}

function importFault(backend: BackendName, error: unknown): BackendError {
  const engine = engines[backend];
  const message = messageOf(error);
  // Every runtime and bundler words it differently, but all quote the name that was asked for.
  const absent = packagesOf(engine).find((name) => new RegExp(`['"“]${name}['"”]`).test(message));
  if (absent !== undefined) return faultOf(backend, "missing", `${absent} is not installed`);
  const library = /native addon|shared object|\.node\b|dlopen|ERR_DLOPEN/i.test(message);
  const what = engine.native && library ? "its native library is missing" : "it does not load";
  return faultOf(backend, "broken", `${engine.package} is installed, but ${what}: ${message}`);
}
