import { describe, expect, it } from "vitest";
import { formatChecksums, parseChecksums, sha256 } from "./checksums.ts";

// FIPS 180-4's own example.
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

describe("checksums", () => {
  it("are SHA-256", () => {
    expect(sha256(new TextEncoder().encode("abc"))).toBe(abc);
  });

  it("are read as they are written", () => {
    const list = [
      { file: "mhgan-mcmc-0.1.0.tgz", sha256: abc },
      { file: "mhgan-cli-0.1.0.tgz", sha256: abc },
    ];
    expect(formatChecksums(list)).toMatch(/^\w{64} {2}mhgan-mcmc-0\.1\.0\.tgz\n\w{64} {2}mhgan-cli/);
    expect(parseChecksums(formatChecksums(list))).toEqual(list);
    expect(parseChecksums("")).toEqual([]);
  });

  it.each([`${abc}  ../elsewhere.tgz`, `${abc} mhgan-mcmc-0.1.0.tgz`, "mhgan-mcmc-0.1.0.tgz"])(
    "refuse the line %j",
    (line) => {
      expect(() => parseChecksums(line)).toThrow("must be a SHA-256 and a tarball");
    },
  );
});
