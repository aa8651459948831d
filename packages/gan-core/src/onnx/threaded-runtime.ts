import type { OnnxRuntime, OnnxSession, OnnxTensor } from "./onnx-runtime.ts";
import { ThreadPool } from "./thread-pool.ts";

/** A runtime whose sessions each live in several threads, and run there several calls at a time, each of them by one thread. */
export interface ThreadedRuntime extends OnnxRuntime {
  /** Ends the threads and frees the sessions in them. */
  end(): Promise<void>;
}

/** More threads than this are taken only if they are asked for: each has a copy of the models. */
const MOST_BY_DEFAULT = 8;

/**
 * The same runtime in threads, where that is possible and there is to be more than one: of `onnxruntime-node`, which uses cores better so than
 * by sharing each operation among them.
 *
 * @param threads - how many; by default one a core.
 */
export function threadedRuntime(
  runtime: OnnxRuntime,
  threads: number | undefined,
): ThreadedRuntime | undefined {
  const path = threadablePath(runtime);
  if (path === undefined) return undefined;
  const { availableParallelism } = process.getBuiltinModule("node:os");
  const count = threads ?? Math.min(availableParallelism(), MOST_BY_DEFAULT);
  if (count === 1) return undefined;
  const pool = new ThreadPool(path, count);
  let sessions = 0;
  return {
    Tensor: runtime.Tensor,
    InferenceSession: {
      create: async (model, options) => threadedSession(pool, sessions++, model, options),
    },
    end: () => pool.end(new Error("fromOnnx: the GAN has been released")),
  };
}

async function threadedSession(
  pool: ThreadPool,
  session: number,
  model: string | Uint8Array,
  options: object | undefined,
): Promise<OnnxSession> {
  const described = await pool.everywhere(() => ({ task: "create", input: { session, model, options } }));
  return {
    ...(described as Omit<OnnxSession, "run" | "release">),
    async run(feeds) {
      const results = await pool.once(() => {
        const copies = Object.entries(feeds).map(([name, tensor]) => [name, copyOf(tensor)] as const);
        return {
          task: "run",
          input: { session, feeds: copies },
          transfer: copies.map(([, { data }]) => data.buffer),
        };
      });
      return results as { readonly [name: string]: OnnxTensor };
    },
    // Sessions are freed where they are, when the threads end.
    release: async () => {},
  };
}

/** The numbers of a tensor alone, without the rest of the buffer that they may be a part of. */
function copyOf({ type, data, dims }: OnnxTensor) {
  return {
    type,
    data: (data as Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint16Array<ArrayBuffer>).slice(),
    dims,
  };
}

/**
 * The file of `onnxruntime-node`, if `runtime` is it, threads can have it too, and this is a plain Node in which they end well: from 1.22 the
 * module works in several threads; a thread of a thread could be stopped in the middle of a job.
 */
function threadablePath(runtime: OnnxRuntime): string | undefined {
  const { env } = runtime as { env?: { versions?: { node?: string } } };
  const [major = 0, minor = 0] = env?.versions?.node?.split(".").map(Number) ?? [];
  if (major < 1 || (major === 1 && minor < 22)) return undefined;
  const { process } = globalThis;
  if (["bun", "deno", "electron"].some((name) => process.versions[name] !== undefined)) return undefined;
  if (!process.getBuiltinModule("node:worker_threads").isMainThread) return undefined;
  try {
    return process
      .getBuiltinModule("node:module")
      .createRequire(import.meta.url)
      .resolve("onnxruntime-node");
  } catch {
    return undefined;
  }
}
