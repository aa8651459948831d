import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The environment of a stranger: a home folder and caches of its own, the rehearsal's registry, and of this machine's variables only those
 * listed here. So no token, proxy or setting of the person who rehearses reaches what is tested, and nothing of it is left behind.
 *
 * @param home - an empty folder.
 * @param registry - the registry that npm, Deno and Bun are to ask.
 * @param first - folders that go first in PATH.
 */
export function consumerEnvironment(
  home: string,
  registry: string,
  first: readonly string[] = [],
): NodeJS.ProcessEnv {
  mkdirSync(join(home, "tmp"), { recursive: true });
  const kept = ["LANG", "LC_ALL", "TZ"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    PATH: [...first, process.env["PATH"] ?? ""].join(delimiter),
    HOME: home,
    TMPDIR: join(home, "tmp"),
    NO_COLOR: "1",
    // npm, Deno and Bun read this name.
    NPM_CONFIG_REGISTRY: registry,
    // A name without a file: the machine's own settings are not read.
    NPM_CONFIG_GLOBALCONFIG: join(home, "no-global-npmrc"),
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
    NPM_CONFIG_FUND: "false",
    NPM_CONFIG_AUDIT: "false",
  };
}
