import { parse } from "yaml";

/** How much a change changes. */
export type Bump = "patch" | "minor" | "major";

/** A changeset: which packages change how much, and what to tell their users. */
export interface Changeset {
  readonly bumps: ReadonlyMap<string, Bump>;
  readonly summary: string;
}

/**
 * Reads the text of a changeset.
 *
 * @throws {Error} if it has no front matter.
 */
export function parseChangeset(text: string): Changeset {
  const [, front, summary] = /^---\n(.*?)\n?---\n(.*)$/s.exec(text) ?? [];
  if (front === undefined || summary === undefined)
    throw new Error("parseChangeset: a changeset must begin with --- and the packages that it is about");
  const bumps = (parse(front) ?? {}) as Record<string, Bump>;
  return { bumps: new Map(Object.entries(bumps)), summary: summary.trim() };
}
