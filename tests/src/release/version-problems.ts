import semver from "semver";
import type { Manifest } from "../workspace.ts";
import type { Bump, Changeset } from "./changeset-file.ts";

/** A package before and after `changeset version`. */
export interface VersionedPackage {
  readonly before: Manifest;
  readonly after: Manifest;
  /** Its CHANGELOG.md, empty if there is none. */
  readonly changelog: string;
}

const order: readonly Bump[] = ["patch", "minor", "major"];
const dependencyFields = ["dependencies", "peerDependencies", "optionalDependencies"] as const;

/** What a manifest asks of the packages named, field by field. */
function* rangesOf(manifest: Manifest, names: ReadonlySet<string>): Generator<[string, string]> {
  for (const field of dependencyFields)
    for (const [name, range] of Object.entries((manifest[field] ?? {}) as Record<string, string>))
      if (names.has(name)) yield [name, range];
}

/**
 * Where a manifest asks for versions of our packages that are not those released with it, or for any version at all.
 *
 * @param versions - of our packages, by name.
 */
export function rangeProblems(manifest: Manifest, versions: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [name, range] of rangesOf(manifest, new Set(versions.keys()))) {
    const asks = `${manifest.name} asks for ${name} ${range}`;
    const version = versions.get(name)!;
    if (semver.validRange(range) === null) found.push(`${asks}, which is not a range of versions`);
    else if (semver.subset("*", range) || semver.satisfies("99999.0.0", range))
      found.push(`${asks}, which would take versions that nobody has tested`);
    else if (!semver.satisfies(version, range)) found.push(`${asks}, which leaves out ${version}`);
  }
  return found;
}

/** The section of a changelog about a version, without its heading; undefined if there is none. */
export function changelogSection(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split("\n", 1)[0]!.trim() === version);
  return section?.slice(section.indexOf("\n") + 1);
}

const words = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/**
 * What is wrong with what `changeset version` made of some changesets. Every version is worked out anew, by the rules of
 * semantic versioning: the largest bump counts; linked packages that are released get one version; a package gets a patch
 * where a new version of a dependency leaves the range that it asked for.
 *
 * @param linked - groups of names, as in the configuration of changesets.
 */
export function versionProblems(
  packages: readonly VersionedPackage[],
  changesets: readonly Changeset[],
  linked: readonly (readonly string[])[],
): string[] {
  const found: string[] = [];
  const expected = expectedVersions(packages, changesets, linked);
  const versions = new Map(packages.map(({ after }) => [after.name, after.version!]));
  for (const { before, after, changelog } of packages) {
    const { name } = before;
    const version = expected.get(name)!;
    if (after.version !== version)
      found.push(`${name} must go from ${before.version} to ${version}, got ${after.version}`);
    found.push(...rangeProblems(after, versions));
    if (version === before.version) continue;
    const section = changelogSection(changelog, version);
    if (section === undefined) {
      found.push(`the changelog of ${name} must have a section ${version}`);
      continue;
    }
    if (!changelog.startsWith(`# ${name}\n`)) found.push(`the changelog of ${name} must begin with its name`);
    for (const { bumps, summary } of changesets) {
      if (bumps.has(name) && !words(section).includes(words(summary)))
        found.push(`the changelog of ${name} must say: ${words(summary).slice(0, 60)}`);
    }
  }
  return found;
}

/** The version that each package must get. */
function expectedVersions(
  packages: readonly VersionedPackage[],
  changesets: readonly Changeset[],
  linked: readonly (readonly string[])[],
): Map<string, string> {
  const bumps = new Map<string, Bump>();
  const raise = (name: string, bump: Bump): boolean => {
    const present = bumps.get(name);
    if (present !== undefined && order.indexOf(present) >= order.indexOf(bump)) return false;
    bumps.set(name, bump);
    return true;
  };
  for (const changeset of changesets) for (const [name, bump] of changeset.bumps) raise(name, bump);
  const before = new Map(packages.map((one) => [one.before.name, one.before]));
  const versionOf = (name: string): string => {
    const bump = bumps.get(name);
    const group = (linked.find((names) => names.includes(name)) ?? [name]).filter((other) =>
      bumps.has(other),
    );
    const present = before.get(name)!.version!;
    if (bump === undefined) return present;
    const highest = group.map((other) => before.get(other)!.version!).sort(semver.rcompare)[0]!;
    const largest = group
      .map((other) => bumps.get(other)!)
      .sort((a, b) => order.indexOf(b) - order.indexOf(a))[0]!;
    return semver.inc(highest, largest)!;
  };
  // A bump may take a version out of another package's range, whose bump may do the same, and so on.
  const names = new Set(before.keys());
  for (let changed = true; changed; ) {
    changed = false;
    for (const manifest of before.values())
      for (const [name, range] of rangesOf(manifest, names))
        if (!semver.satisfies(versionOf(name), range)) changed = raise(manifest.name, "patch") || changed;
  }
  return new Map([...names].map((name) => [name, versionOf(name)]));
}
