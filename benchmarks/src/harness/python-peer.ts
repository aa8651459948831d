import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * Starts a Python script of `peers/` that prints a line when it is ready and then, for every line it reads, the seconds of
 * processor time that one run took.
 *
 * @returns what takes one measurement, in seconds.
 * @throws if Python or a module it imports is missing: then the peer is reported as missing.
 */
export async function pythonPeer(script: string, args: readonly string[]): Promise<() => Promise<number>> {
  const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  // The system's Python, where distributions put NumPy and scikit-learn; another with MHGAN_PYTHON.
  const python = process.env["MHGAN_PYTHON"] ?? "/usr/bin/python3";
  const child = spawn(python, [path, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const next = async (): Promise<string> => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) throw new Error(complaint.trim().split("\n").at(-1) || `${python} ended without a word`);
    return value;
  };
  await next();
  return async () => {
    child.stdin.write("measure\n");
    return Number(await next());
  };
}
