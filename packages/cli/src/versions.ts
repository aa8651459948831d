import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

const manifestOf = (name: string): Manifest => require(`${name}/package.json`) as Manifest;

/** The versions that a result depends on, for its record. */
export function versions(): Record<string, string> {
  const versionOf = (name: string): string => manifestOf(name).version;
  return {
    node: process.versions.node,
    "@mhgan/cli": versionOf("@mhgan/cli"),
    "@tensorflow/tfjs-core": versionOf("@tensorflow/tfjs-core"),
  };
}

/** The versions of Node that the command line supports, such as ">=20.19". */
export function requiredNode(): string {
  return manifestOf("@mhgan/cli").engines.node;
}

/** Whether the command line supports a version of Node, such as "20.19.1". */
export function isSupportedNode(version: string): boolean {
  const numbers = (text: string) => text.replace(/^\D+/, "").split(".").map(Number);
  const [least, found] = [numbers(requiredNode()), numbers(version)];
  const differing = least.findIndex((number, index) => found[index] !== number);
  return differing === -1 || found[differing]! > least[differing]!;
}
