import type { Publication } from "./publication.ts";
import { changelogSection, rangeProblems } from "./version-problems.ts";

/**
 * Looks at what the tarballs say of themselves.
 *
 * @returns What was seen.
 * @throws {Error} that names everything that must not be published.
 */
export function checkManifests({ packages }: Publication): string {
  const versions = new Map([...packages].map(([name, { manifest }]) => [name, manifest.version!]));
  const problems: string[] = [];
  for (const { manifest, changelog } of packages.values()) {
    problems.push(...rangeProblems(manifest, versions));
    const config = JSON.stringify(manifest["publishConfig"]);
    if (config !== '{"access":"public","provenance":true}')
      problems.push(
        `${manifest.name}: publishConfig must ask for public access and provenance alone, got ${config}`,
      );
    if (changelogSection(changelog, manifest.version!) === undefined)
      problems.push(`${manifest.name}: the changelog in the tarball does not know ${manifest.version}`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return `${packages.size} packages with changelogs, ask for each other's new versions, public, with provenance`;
}
