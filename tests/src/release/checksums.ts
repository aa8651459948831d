import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The name of the file beside the tarballs that lists them. */
export const checksumFile = "SHA256SUMS";

/** A tarball as a line of the list has it. */
export interface Checksum {
  readonly file: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The SHA-256 of some bytes, or of the file at a path. */
export function sha256(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? readFileSync(content) : content;
  return createHash("sha256").update(bytes).digest("hex");
}

/** The list as `sha256sum` writes it. */
export function formatChecksums(checksums: readonly Checksum[]): string {
  return checksums.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join("");
}

/**
 * Reads such a list.
 *
 * @throws {Error} if a line is anything but a checksum and the name of a tarball without a folder.
 */
export function parseChecksums(text: string): Checksum[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, sha256, file] = /^([0-9a-f]{64}) {2}([\w.-]+\.tgz)$/.exec(line) ?? [];
      if (sha256 === undefined || file === undefined)
        throw new Error(`parseChecksums: a line must be a SHA-256 and a tarball, got ${line}`);
      return { file, sha256 };
    });
}
