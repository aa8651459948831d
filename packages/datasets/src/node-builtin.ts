/**
 * A built-in module of Node, found when it is needed: the package can be loaded and bundled for any runtime, and only
 * its file functions ask for Node.
 *
 * @throws {Error} where there is no Node, naming the function that needs it.
 * @internal
 */
export function nodeBuiltin<Name extends keyof NodeBuiltins>(caller: string, name: Name): NodeBuiltins[Name] {
  const node = (globalThis as { process?: Partial<NodeJS.Process> }).process;
  if (typeof node?.getBuiltinModule !== "function") {
    throw new Error(
      `${caller}: the runtime must be Node 20.16 or newer (or have its built-in modules), got none`,
    );
  }
  return node.getBuiltinModule(name);
}

interface NodeBuiltins {
  "node:crypto": typeof import("node:crypto");
  "node:fs/promises": typeof import("node:fs/promises");
  "node:os": typeof import("node:os");
  "node:path": typeof import("node:path");
  "node:timers/promises": typeof import("node:timers/promises");
  "node:zlib": typeof import("node:zlib");
}
