import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a rehearsal can be asked to spoil, to see that it finds out: a version that is not what the changesets say; a tarball that
 * changes between the test and the publication; one that changes in the registry.
 */
export const faults = ["wrong-version", "changed-tarball", "changed-in-registry"] as const;

export type Fault = (typeof faults)[number];

/** Gives a package another version, behind the back of changesets. */
export function spoilVersion(copy: string): void {
  const path = join(copy, "packages/mcmc/package.json");
  writeFileSync(path, readFileSync(path, "utf8").replace(/"version": "[^"]*"/, '"version": "7.7.7"'));
}

/** Adds a byte to a file. gzip would not mind. */
export function spoilFile(path: string): void {
  appendFileSync(path, "\0");
}
