import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Facts, Versions } from "./benchmark.ts";
import { MissingPeer } from "./missing-peer.ts";
import { installPeers, type PeerPython, peerPython } from "./peer-python.ts";

/** A script of `peers/` that is ready. */
export interface PythonPeer {
  /** As Python and its modules say. */
  readonly versions: Versions;
  /** Runs once and gives the seconds it took, of processor time unless the script says otherwise. */
  measure(): Promise<number>;
  /** What the script said of the last run besides. */
  facts(): Facts;
}

const peers = fileURLToPath(new URL("../peers", import.meta.url));

/** The path of a script of `peers/`; an absolute path stays as it is. */
export const peerScript = (name: string): string => resolve(peers, name);

/**
 * Starts a Python script of `peers/` that ends with `serve` of `peer.py`: it prints its versions when it is ready, and then, for every
 * line it reads, how long one run took.
 *
 * @throws {MissingPeer} if Python or a module that the script imports is missing.
 * @throws {Error} if the script fails.
 */
export async function pythonPeer(
  script: string,
  args: readonly string[],
  { threads = 1, python = peerPython(threads) }: { threads?: number; python?: PeerPython } = {},
): Promise<PythonPeer> {
  const child = spawn(python.path, [peerScript(script), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: python.env,
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const failed = new Promise<never>((_, reject) =>
    child.once("error", (error) => reject(pythonFailure(python.path, error.message))),
  );
  failed.catch(() => {});
  child.stdin.on("error", () => {});
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (!done) return JSON.parse(value);
    await Promise.race([closed, failed]);
    throw pythonFailure(python.path, complaint);
  };
  const versions = (await next()) as Versions;
  let facts: Facts = {};
  return {
    versions,
    async measure() {
      child.stdin.write("measure\n");
      const run = (await next()) as { readonly seconds: number; readonly facts: Facts };
      facts = run.facts;
      return run.seconds;
    },
    facts: () => facts,
  };
}

/** What the last words of a Python that ended mean: that a module or Python itself is missing, or that the script is wrong. */
export function pythonFailure(path: string, complaint: string): Error {
  const last = complaint.trim().split("\n").at(-1)?.trim() ?? "";
  if (/^(ModuleNotFoundError|ImportError)\b/.test(last)) {
    return new MissingPeer(`${last.replace(/^\w+: /, "")} (${path})`, installPeers);
  }
  if (/ENOENT|EACCES/.test(last)) return new MissingPeer(`there is no Python ${path}`, installPeers);
  return new Error(complaint.trim() || `${path} ended without a word`);
}
