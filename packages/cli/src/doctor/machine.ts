import { readFile } from "node:fs/promises";
import { availableParallelism, cpus, freemem, release, totalmem, type } from "node:os";

/** What the computer is, as far as it decides how fast a GAN trains. */
export interface Machine {
  /** Operating system and its release. */
  readonly system: string;
  /** Instruction set, by Node's name: `x64`, `arm64`. */
  readonly architecture: string;
  /** The name that the processor gives itself, or `unknown`. */
  readonly processor: string;
  /** Physical cores; only Linux says how many. */
  readonly cores?: number;
  /** What runs at once, of those that this process may use. */
  readonly threads: number;
  /** What this process may use: a container may allow less than the computer has. */
  readonly memoryBytes: number;
  /** What of `memoryBytes` nothing uses now. */
  readonly freeMemoryBytes: number;
}

/** Looks at the computer. */
export async function lookAtMachine(): Promise<Machine> {
  const cores = await physicalCores();
  const allowed = process.constrainedMemory?.() ?? 0;
  const memoryBytes = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
  return {
    system: `${type()} ${release()}`,
    architecture: process.arch,
    processor: cpus()[0]?.model.trim() || "unknown",
    ...(cores === undefined ? {} : { cores }),
    threads: availableParallelism(),
    memoryBytes,
    freeMemoryBytes: Math.min(freemem(), memoryBytes),
  };
}

/** Two threads are of one core if they have the same socket and the same number in it. */
async function physicalCores(): Promise<number | undefined> {
  const text = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  const cores = new Set<string>();
  for (const thread of text.split("\n\n")) {
    const socket = /^physical id\s*: (\d+)$/m.exec(thread)?.[1];
    const core = /^core id\s*: (\d+)$/m.exec(thread)?.[1];
    if (core !== undefined) cores.add(`${socket ?? 0}/${core}`);
  }
  return cores.size > 0 ? cores.size : undefined;
}
