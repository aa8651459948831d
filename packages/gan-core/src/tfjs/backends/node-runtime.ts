/** What is used of Node's global `process`. Browsers have none, and some bundlers put an empty one there. */
interface NodeProcess {
  readonly versions?: { readonly node?: string };
  readonly getBuiltinModule?: (name: string) => object | undefined;
}

const nodeProcess = (): NodeProcess | undefined => (globalThis as { process?: NodeProcess }).process;

/** The version of Node that runs this, such as "24.4.0"; undefined in a browser. */
export function nodeVersion(): string | undefined {
  return nodeProcess()?.versions?.node;
}

/**
 * Gives `node:util` back the two functions that Node 23 removed and `@tensorflow/tfjs-node` 4.22 still calls. Where they are, nothing is changed.
 *
 * @see https://github.com/tensorflow/tfjs/issues/8609
 */
export function restoreUtilFunctions(): void {
  // The module object that require("util") gives: an import would be a read-only view, and no browser has it.
  const util = nodeProcess()?.getBuiltinModule?.("util") as Record<string, unknown> | undefined;
  if (util === undefined) return;
  util["isNullOrUndefined"] ??= (value: unknown): boolean => value === undefined || value === null;
  util["isArray"] ??= Array.isArray;
}
