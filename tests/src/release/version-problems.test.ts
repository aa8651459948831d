import { describe, expect, it } from "vitest";
import { parseChangeset } from "./changeset-file.ts";
import {
  changelogSection,
  rangeProblems,
  type VersionedPackage,
  versionProblems,
} from "./version-problems.ts";

const changeset = (front: string, summary: string) => parseChangeset(`---\n${front}\n---\n\n${summary}\n`);

/** A package that goes from one version to another. */
function versioned(
  name: string,
  [from, to]: readonly [string, string],
  says = "",
  ranges: readonly [before: object, after: object] = [{}, {}],
): VersionedPackage {
  return {
    before: { name, version: from, dependencies: ranges[0] },
    after: { name, version: to, dependencies: ranges[1] },
    changelog: from === to ? "" : `# ${name}\n\n## ${to}\n\n### Changes\n\n- 0123abc: ${says}\n`,
  };
}

describe("parseChangeset", () => {
  it("reads packages, bumps and text", () => {
    const { bumps, summary } = changeset('"@mhgan/a": minor\n"@mhgan/b": patch', "Say\n\nmore");
    expect([...bumps]).toEqual([
      ["@mhgan/a", "minor"],
      ["@mhgan/b", "patch"],
    ]);
    expect(summary).toBe("Say\n\nmore");
    expect(() => parseChangeset("text")).toThrow("must begin with ---");
  });
});

describe("rangeProblems", () => {
  const versions = new Map([["@mhgan/a", "0.2.0"]]);
  const asking = (range: string) =>
    rangeProblems({ name: "@mhgan/b", peerDependencies: { "@mhgan/a": range, other: "*" } }, versions);

  it("accepts ranges of the released version", () => {
    expect(asking("^0.2.0")).toEqual([]);
    expect(asking("~0.2.0")).toEqual([]);
  });

  it.each([
    ["*", "versions that nobody has tested"],
    ["", "versions that nobody has tested"],
    [">=0.2.0", "versions that nobody has tested"],
    ["^0.1.0", "leaves out 0.2.0"],
    ["workspace:^", "not a range of versions"],
    ["file:../a", "not a range of versions"],
  ])("refuses %j", (range, problem) => {
    expect(asking(range)).toEqual([expect.stringContaining(problem)]);
  });
});

describe("changelogSection", () => {
  it("gives what is said of one version", () => {
    const changelog = "# a\n\n## 0.10.0\n\nten\n\n## 0.1.0\n\none\n";
    expect(changelogSection(changelog, "0.1.0")).toBe("\none\n");
    expect(changelogSection(changelog, "0.10.0")).toContain("ten");
    expect(changelogSection(changelog, "0.1")).toBeUndefined();
  });
});

describe("versionProblems", () => {
  const first = changeset('"a": minor', "First\nrelease.");

  it("finds nothing wrong with a first release", () => {
    const packages = [
      versioned("a", ["0.0.0", "0.1.0"], "First release."),
      versioned("b", ["0.0.0", "0.0.0"]),
    ];
    expect(versionProblems(packages, [first], [])).toEqual([]);
  });

  it("takes the largest bump, and one version for linked packages that are released", () => {
    const changes = [changeset("a: patch", "x"), changeset("a: major\nb: patch", "y")];
    const packages = [
      versioned("a", ["0.2.1", "1.0.0"], "x y"),
      versioned("b", ["0.3.0", "1.0.0"], "y"),
      versioned("c", ["0.1.0", "0.1.0"]),
    ];
    expect(versionProblems(packages, changes, [["a", "b", "c"]])).toEqual([]);
    expect(versionProblems(packages, changes, [])).toEqual([
      "b must go from 0.3.0 to 0.3.1, got 1.0.0",
      expect.any(String),
    ]);
  });

  it("gives a patch to those whose dependency leaves their range, and to theirs", () => {
    const changes = [changeset("a: minor", "x")];
    const packages = [
      versioned("a", ["0.1.0", "0.2.0"], "x"),
      versioned("b", ["0.1.0", "0.1.1"], "", [{ a: "^0.1.0" }, { a: "^0.2.0" }]),
      versioned("c", ["1.0.0", "1.0.1"], "", [{ b: "0.1.0" }, { b: "0.1.1" }]),
      versioned("d", ["1.0.0", "1.0.0"], "", [{ b: "^0.1.0" }, { b: "^0.1.0" }]),
    ];
    expect(versionProblems(packages, changes, [])).toEqual([]);
  });

  it("names what is wrong", () => {
    const wrong = (one: VersionedPackage, bump = first) => versionProblems([one], [bump], []).join("\n");
    expect(wrong(versioned("a", ["0.0.0", "0.0.1"], "First release."))).toContain("to 0.1.0, got 0.0.1");
    expect(wrong(versioned("a", ["0.0.0", "0.1.0"], "Another text"))).toBe(
      "the changelog of a must say: First release.",
    );
    expect(wrong({ ...versioned("a", ["0.0.0", "0.1.0"]), changelog: "" })).toContain(
      "must have a section 0.1.0",
    );
    const nameless = "# b\n\n## 0.1.0\n\nFirst release.";
    expect(wrong({ ...versioned("a", ["0.0.0", "0.1.0"]), changelog: nameless })).toContain(
      "begin with its name",
    );
  });
});
