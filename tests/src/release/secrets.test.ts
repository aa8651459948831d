import { describe, expect, it } from "vitest";
import { redactor } from "./secrets.ts";

describe("redactor", () => {
  it("takes out secrets in every form", () => {
    const clean = redactor(["p@ss word", "npm_abcdef"]);
    expect(clean(`token npm_abcdef, ${encodeURIComponent("p@ss word")}`)).toBe("token ***, ***");
    expect(clean(Buffer.from("npm_abcdef").toString("base64"))).toBe("***");
  });

  it("leaves nothing of a secret that holds another", () => {
    expect(redactor(["abcd", "abcdefgh"])("abcdefgh")).toBe("***");
  });

  it("takes users and passwords out of URLs that it was not told of", () => {
    expect(redactor([])("GET https://me:secret@example.org/x and http://token@example.org")).toBe(
      "GET https://***@example.org/x and http://***@example.org",
    );
  });

  it("leaves other text alone", () => {
    expect(redactor(["", "a"])("a scope such as @mhgan/mcmc at https://example.org/@mhgan")).toBe(
      "a scope such as @mhgan/mcmc at https://example.org/@mhgan",
    );
  });
});
