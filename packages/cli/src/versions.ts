import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The versions that a result depends on, for its record. */
export function versions(): Record<string, string> {
  const versionOf = (name: string): string =>
    (require(`${name}/package.json`) as { version: string }).version;
  return {
    node: process.versions.node,
    "@mhgan/cli": versionOf("@mhgan/cli"),
    "@tensorflow/tfjs-core": versionOf("@tensorflow/tfjs-core"),
  };
}
