import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stringify } from "yaml";
import { loopbackRegistry } from "./loopback.ts";
import type { NpmSettings } from "./npm-settings.ts";
import type { Processes } from "./processes.ts";
import { installTool } from "./tools.ts";
import { registryUser, uplinkTokenVariable, verdaccioConfig } from "./verdaccio-config.ts";

/** The newest Verdaccio that runs on the oldest Node of ours. */
const verdaccio = "verdaccio@6.8.0";

/** A registry on this machine, with one user. */
export interface Registry {
  readonly url: string;
  /** What lets its user publish. */
  readonly token: string;
  /** What it wrote until now: every request it got, and every one it made. */
  log(): string;
}

/** A port of this machine that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Registers a user; gives the token, or undefined where nobody can register any more. */
async function register(url: string, name: string): Promise<string | undefined> {
  const password = randomBytes(24).toString("hex");
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password }),
    signal: AbortSignal.timeout(10_000),
  });
  const { token } = (await response.json()) as { token?: string };
  return response.ok ? token : undefined;
}

/**
 * Starts Verdaccio, registers its user and sees that nobody else can register.
 *
 * @param folder - an empty folder for what it keeps.
 * @param wanted - the port. Default: one that is free.
 * @throws {Error} if it does not start, as where the port is taken.
 */
export async function startRegistry(
  processes: Processes,
  env: NodeJS.ProcessEnv,
  npm: NpmSettings,
  folder: string,
  wanted?: number,
): Promise<Registry> {
  const tool = await installTool(processes, env, [verdaccio], {
    // A dependency of it asks for the tag `cjs`, and not every mirror has tags.
    overrides: { "node-fetch": "2.7.0" },
  });
  const port = wanted ?? (await freePort());
  const url = loopbackRegistry(`http://127.0.0.1:${port}/`);
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "config.yaml");
  writeFileSync(config, stringify(verdaccioConfig(folder, port, npm)), { mode: 0o600 });
  const script = join(tool, "node_modules/verdaccio/bin/verdaccio");
  const token = npm.credentials?.token;
  const running = processes.start(process.execPath, [script, "--config", config], {
    cwd: folder,
    env: { ...env, ...(token !== undefined && { [uplinkTokenVariable]: token }) },
  });
  let hasEnded = false;
  running.ended.then(() => {
    hasEnded = true;
  });
  const notStarted = (): Error => {
    const fatal = /^fatal.*/m.exec(running.written())?.[0];
    return new Error(
      `Verdaccio did not start on port ${port}: ${fatal ?? (hasEnded ? running.written().trim() : "another program answers there")}`,
    );
  };
  // It says that it listens before it tries.
  for (let answers = false; !answers; ) {
    await pause(100);
    if (hasEnded) throw notStarted();
    answers = await fetch(`${url}-/ping`, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
  }
  const user = await register(url, registryUser);
  // If another program has the port, it is that which answered.
  const users = existsSync(join(folder, "htpasswd")) ? readFileSync(join(folder, "htpasswd"), "utf8") : "";
  if (hasEnded || !users.startsWith(`${registryUser}:`)) throw notStarted();
  if (user === undefined) throw new Error("Verdaccio did not register the user of the rehearsal");
  if ((await register(url, "stranger")) !== undefined)
    throw new Error("Verdaccio registered a second user, and must not");
  return { url, token: user, log: () => running.written() };
}
