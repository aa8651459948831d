import type { Manifest } from "../workspace.ts";

/** A package as it was packed and published. */
export interface PublishedPackage {
  /** Its package.json, from the tarball. */
  readonly manifest: Manifest;
  /** Its README.md, from the tarball. */
  readonly readme: string;
  /** Its CHANGELOG.md, from the tarball. */
  readonly changelog: string;
  /** The name of the tarball. */
  readonly file: string;
  /** SHA-256 of the tarball, in hexadecimal digits. */
  readonly sha256: string;
  /** SHA-512 of the tarball, as lockfiles have it: `sha512-…`. */
  readonly integrity: string;
}

/** What a rehearsal published, and where. */
export interface Publication {
  /** The registry, on this machine. */
  readonly registry: string;
  readonly packages: ReadonlyMap<string, PublishedPackage>;
}
