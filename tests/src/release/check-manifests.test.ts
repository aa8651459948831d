import { describe, expect, it } from "vitest";
import { checkManifests } from "./check-manifests.ts";

const publishConfig = { access: "public", provenance: true };

/** What was published, of manifests. */
function publication(...manifests: readonly { name: string; [field: string]: unknown }[]) {
  const packages = manifests.map((fields) => {
    const manifest = { version: "0.1.0", publishConfig, ...fields };
    const changelog = `# ${manifest.name}\n\n## 0.1.0\n\n- First release.\n`;
    return [manifest.name, { manifest, changelog, readme: "", file: "", sha256: "", integrity: "" }] as const;
  });
  return { registry: "http://127.0.0.1:1/", packages: new Map(packages) };
}

describe("checkManifests", () => {
  const a = { name: "@mhgan/a" };

  it("passes packages that go together", () => {
    expect(
      checkManifests(publication(a, { name: "@mhgan/b", dependencies: { "@mhgan/a": "^0.1.0" } })),
    ).toMatch(/^2 packages/);
  });

  it.each([
    [{ dependencies: { "@mhgan/a": "*" } }, "versions that nobody has tested"],
    [{ publishConfig: { ...publishConfig, registry: "https://example.org/" } }, "publishConfig must ask for"],
    [{ publishConfig: { access: "public" } }, "publishConfig must ask for"],
    [{ version: "0.2.0" }, "does not know 0.2.0"],
  ])("refuses %j", (fields, problem) => {
    expect(() => checkManifests(publication(a, { name: "@mhgan/b", ...fields }))).toThrow(problem);
  });
});
