import { sha256 } from "./checksums.ts";
import type { Publication } from "./publication.ts";

/** How long the registry may take to answer. */
const patience = (): RequestInit => ({ signal: AbortSignal.timeout(60_000) });

/**
 * Downloads every tarball from the registry and compares it with what was packed.
 *
 * @returns What was seen.
 * @throws {Error} that names every one that differs.
 */
export async function checkServed({ registry, packages }: Publication): Promise<string> {
  const problems: string[] = [];
  for (const [name, { manifest, sha256: expected, integrity }] of packages) {
    const response = await fetch(`${registry}${name}/${manifest.version}`, patience());
    const { dist } = (await response.json()) as { dist: { tarball: string; integrity: string } };
    if (!dist.tarball.startsWith(registry)) problems.push(`${name} would be downloaded from ${dist.tarball}`);
    if (dist.integrity !== integrity) problems.push(`${name} is announced as ${dist.integrity}`);
    const whole = (await (await fetch(`${registry}${name}`, patience())).json()) as {
      "dist-tags": { latest: string };
    };
    const { latest } = whole["dist-tags"];
    if (latest !== manifest.version) problems.push(`who installs ${name} would get ${latest}`);
    const tarball = await fetch(dist.tarball, patience());
    const served = sha256(new Uint8Array(await tarball.arrayBuffer()));
    if (served !== expected) problems.push(`${name}: ${expected} was packed, ${served} is served`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return `${packages.size} tarballs downloaded, the same SHA-256 as those that were packed`;
}
