import { nodeBuiltin } from "../node-builtin.ts";
import { writing } from "../writing.ts";

/** How often an owner says that it lives, and how long after the last word it counts as dead, in milliseconds. */
const BEAT = 5000;
const STALE = 60_000;
const POLL = 100;

/**
 * Runs an action while no other process that asks for the same lock does: waits for the owner, or takes the place of a dead one.
 *
 * The lock is a file that is created if it is not there, which only one can do. It names its owner, who touches it while it
 * works. An owner is dead if its process on this machine is gone, or if it has not touched the file for a minute: then
 * the machine, or another one that shares the folder, went down. A lock saves work and guards nothing else: an owner that
 * slept for a minute and wakes up beside its successor writes the same verified bytes, each to a file of its own.
 *
 * @throws {DatasetFileError} if the lock cannot be written.
 * @internal
 */
export async function withLock<Result>(
  caller: string,
  path: string,
  signal: AbortSignal | undefined,
  action: () => Promise<Result>,
): Promise<Result> {
  const { mkdir, rm, utimes } = nodeBuiltin(caller, "node:fs/promises");
  const { dirname } = nodeBuiltin(caller, "node:path");
  const { setTimeout: wait } = nodeBuiltin(caller, "node:timers/promises");
  const token = JSON.stringify({
    pid: process.pid,
    host: nodeBuiltin(caller, "node:os").hostname(),
    since: new Date().toISOString(),
    id: nodeBuiltin(caller, "node:crypto").randomUUID(),
  });
  await writing(caller, path, () => mkdir(dirname(path), { recursive: true }));
  while (!(await create(caller, path, token)) && !(await replaceDead(caller, path, token))) {
    signal?.throwIfAborted();
    await wait(POLL, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {}); // removed by hand: nothing depends on it but how often is downloaded
  }, BEAT);
  beat.unref();
  try {
    return await action();
  } finally {
    clearInterval(beat);
    const lock = await readLock(caller, path).catch(() => undefined); // the action's own error is the one to report
    if (lock?.token === token) await rm(path, { force: true });
  }
}

/** Creates the lock, unless it is there. */
async function create(caller: string, path: string, token: string): Promise<boolean> {
  const { writeFile } = nodeBuiltin(caller, "node:fs/promises");
  return writing(caller, path, async () => {
    try {
      await writeFile(path, token, { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  });
}

interface Lock {
  readonly token: string;
  readonly touched: number;
}

/** Undefined if it was released in this moment. */
async function readLock(caller: string, path: string): Promise<Lock | undefined> {
  const { readFile, stat } = nodeBuiltin(caller, "node:fs/promises");
  const read = async () => {
    const { mtimeMs } = await stat(path);
    return { token: await readFile(path, "utf8"), touched: mtimeMs };
  };
  return writing(caller, path, () => read().catch(undefinedIfGone));
}

/** @throws the error, if it is not that there is no such file. */
function undefinedIfGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/**
 * Takes the place of a dead owner, if the owner is dead.
 *
 * Of those who saw it dead, one alone can create the file that claims its place. That one looks at the lock again, as the place
 * may have been taken before the claim, and moves the claim over the lock: the place is never empty, so that nobody can
 * come in between. A claim whose own process died is passed over by a claim with the next number.
 *
 * @returns whether the lock is now that of `token`.
 */
async function replaceDead(caller: string, path: string, token: string): Promise<boolean> {
  const { rename, rm } = nodeBuiltin(caller, "node:fs/promises");
  const { createHash } = nodeBuiltin(caller, "node:crypto");
  const dead = await readLock(caller, path);
  if (dead === undefined || !isDead(caller, dead)) return false;
  const id = createHash("sha256").update(dead.token).digest("hex").slice(0, 16);
  const left: string[] = [];
  const claim = () => `${path}.${id}.${left.length}.part`;
  while (!(await create(caller, claim(), token))) {
    const other = await readLock(caller, claim());
    if (other === undefined || !isDead(caller, other)) return false;
    left.push(claim());
  }
  const lock = await readLock(caller, path);
  const isOurs = lock?.token === dead.token && isDead(caller, lock);
  if (isOurs) await writing(caller, path, () => rename(claim(), path));
  else left.push(claim());
  for (const file of left) await rm(file, { force: true });
  return isOurs;
}

function isDead(caller: string, { token, touched }: Lock): boolean {
  if (Date.now() - touched > STALE) return true;
  const { pid, host } = ownerOf(token);
  if (pid === undefined || host !== nodeBuiltin(caller, "node:os").hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH"; // EPERM: it lives, as another user
  }
}

/** Nothing, if the owner has not yet written who it is. */
function ownerOf(token: string): { pid?: number; host?: string } {
  try {
    const { pid, host } = JSON.parse(token) as Record<string, unknown>;
    return Number.isSafeInteger(pid) && (pid as number) > 0 && typeof host === "string"
      ? { pid: pid as number, host }
      : {};
  } catch {
    return {};
  }
}
