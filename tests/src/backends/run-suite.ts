import { join } from "node:path";
import { root } from "../workspace.ts";
import { runShown, say } from "./commands.ts";

/**
 * Runs the tests of gan-core on a backend whose packages are in a scratch folder.
 *
 * @param filters - names of test files, as vitest takes them. Default: all.
 */
export function runSuite(
  backend: string,
  modules: string,
  filters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): void {
  say(`Running the tests of gan-core on ${backend}`);
  runShown(
    join(root, "packages/gan-core"),
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", ...filters],
    { ...environment, MHGAN_TEST_BACKENDS: backend, MHGAN_TEST_MODULES: modules },
  );
}
