import { spawnSync } from "node:child_process";

/**
 * Runs a program with its output shown, and waits for it.
 *
 * @throws {Error} if it does not start or ends with another code than 0.
 */
export function runShown(
  folder: string,
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): void {
  const env = { ...process.env, ...environment };
  const { error, status, signal } = spawnSync(program, args, { cwd: folder, env, stdio: "inherit" });
  if (error) throw new Error(`${program} did not start: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ${args[0] ?? ""} ended with ${status ?? signal}`);
}

/** Says what is being done, on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
