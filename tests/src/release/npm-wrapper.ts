import { loopbackRegistry } from "./loopback.ts";

/**
 * A shell script that is npm, but bound to a registry on this machine, so that the lines of the release workflow can be run as they are.
 *
 * What is said last on the command line counts, before every file, variable and package.json: nothing can send a package elsewhere.
 * Provenance is left out, for there is no GitHub here that could vouch for it.
 *
 * @param npm - full path of the real one.
 * @throws {Error} if the registry is not on this machine.
 */
export function npmWrapper(npm: string, registry: string): string {
  const here = loopbackRegistry(registry);
  const flags = [`--registry='${here}'`, `--@mhgan:registry='${here}'`, "--provenance=false"];
  return `#!/bin/sh\nexec '${npm}' "$@" ${flags.join(" ")}\n`;
}
