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
  while (!(await create(caller, path, token))) {
    signal?.throwIfAborted();
    if (await buryDead(caller, path)) continue;
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
 * Removes the lock of a dead owner. It is moved aside first, which only one can do, and looked at again: if somebody has
 * buried the dead one and taken its place meanwhile, that lock is put back.
 *
 * @returns whether it is worth trying again at once.
 */
async function buryDead(caller: string, path: string): Promise<boolean> {
  const { link, rename, rm } = nodeBuiltin(caller, "node:fs/promises");
  const lock = await readLock(caller, path);
  if (lock === undefined) return true;
  if (!isDead(caller, lock)) return false;
  const grave = `${path}.${nodeBuiltin(caller, "node:crypto").randomUUID()}.part`;
  // That there is no such file means that somebody else was quicker.
  await writing(caller, path, () => rename(path, grave).catch(undefinedIfGone));
  const buried = await readLock(caller, grave);
  if (buried !== undefined && buried.token !== lock.token) await link(grave, path).catch(() => {});
  await rm(grave, { force: true });
  return true;
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
