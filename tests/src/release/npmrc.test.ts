import { describe, expect, it } from "vitest";
import { credentialsFor, parseNpmrc } from "./npmrc.ts";

describe("parseNpmrc", () => {
  it("reads settings and leaves comments", () => {
    const text =
      "; one\n# two\nregistry = https://example.org/\n\n//example.org/:_authToken=a=b\r\nquoted='c'\n";
    expect([...parseNpmrc(text, {})]).toEqual([
      ["registry", "https://example.org/"],
      ["//example.org/:_authToken", "a=b"],
      ["quoted", "c"],
    ]);
  });

  it("replaces variables that are set", () => {
    const settings = parseNpmrc(`a=\${TOKEN}-x\nb=\${OTHER}`, { TOKEN: "t" });
    expect([settings.get("a"), settings.get("b")]).toEqual(["t-x", `\${OTHER}`]);
  });
});

describe("credentialsFor", () => {
  const files = [
    "//example.org/npm/:_authToken=inner\n//other.example.org/:_auth=dTpw",
    "//example.org/:_authToken=outer\n//named.example.org:8080/:username=me\n//named.example.org:8080/:_password=c2VjcmV0",
  ].map((text) => parseNpmrc(text, {}));

  it.each([
    ["https://example.org/npm/", { type: "bearer", token: "inner" }],
    ["https://example.org/npm/mirror", { type: "bearer", token: "inner" }],
    ["https://example.org/", { type: "bearer", token: "outer" }],
    ["https://example.org/npmx/", { type: "bearer", token: "outer" }],
    ["https://other.example.org", { type: "basic", token: "dTpw" }],
    // me:secret
    ["https://named.example.org:8080/", { type: "basic", token: "bWU6c2VjcmV0" }],
    ["https://named.example.org/", undefined],
    ["https://example.org.evil.example/", undefined],
  ])("gives those of %s", (registry, credentials) => {
    expect(credentialsFor(registry, files)).toEqual(credentials);
  });
});
