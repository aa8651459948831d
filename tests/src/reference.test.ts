import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Reference, readReference, referenceEntries } from "./reference.ts";
import { root } from "./workspace.ts";

describe("the reference of the public API", () => {
  let reference: Reference;
  let folder: string;

  beforeAll(async () => {
    reference = await readReference();
    folder = mkdtempSync(join(tmpdir(), "mhgan-reference-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("says everything about everything that users can import", () => {
    expect(reference.problems).toEqual([]);
  });

  it("has a module for every entry of every package, named as it is imported", () => {
    expect(referenceEntries.map(({ specifier }) => specifier)).toContain("@mhgan/mcmc/predictions");
    expect(reference.project.children?.map(({ name }) => name)).toEqual(
      referenceEntries.map(({ specifier }) => specifier),
    );
  });

  it("is a site that names sources of the repository, no other host, and no folder of this machine", async () => {
    await reference.write(folder);
    const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".html"),
    );
    expect(pages.length).toBeGreaterThan(500);
    const sources = new Set<string>();
    const others = new Set<string>();
    for (const page of pages) {
      const html = readFileSync(join(folder, page), "utf8");
      expect(html.includes(root), `${page} names ${root}`).toBe(false);
      for (const [, address = ""] of html.matchAll(/(?:href|src)="(https?:[^"]+)"/g)) {
        const path = /^https:\/\/github\.com\/mhgan\/mhgan\/blob\/main\/([^#]+)#L\d+$/.exec(address)?.[1];
        if (path !== undefined) sources.add(path);
        else others.add(address);
      }
    }
    expect(sources.size).toBeGreaterThan(200);
    expect([...sources].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect([...others].sort()).toEqual([
      "https://developer.mozilla.org/docs/Web/API/Window/fetch", // what TypeScript's own comment of fetch cites
      "https://github.com/mhgan/mhgan",
    ]);
  });
});

describe("a comment that is at fault", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mhgan-reference-fault-"));
    writeFileSync(
      join(folder, "package.json"),
      '{ "name": "@mhgan/mcmc", "version": "1.0.0", "type": "module" }',
    );
    writeFileSync(
      join(folder, "tsconfig.json"),
      '{ "files": ["index.ts"], "compilerOptions": { "types": [] } }',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is found: none at all, a link that leads nowhere, a parameter that is not there, a type that users cannot reach", async () => {
    writeFileSync(
      join(folder, "index.ts"),
      `/** @module @mhgan/mcmc */
       interface Hidden { readonly a: 1 }
       /** Shown. */
       export interface Shown {
         readonly bare: 1;
         /** See {@link nowhere}. */
         readonly linked: 2;
       }
       /**
        * Takes one.
        *
        * @param other - is not there.
        */
       export function take(hidden: Hidden): Shown { return { bare: hidden.a, linked: 2 }; }
      `,
    );
    const entry = { specifier: "@mhgan/mcmc", source: join(folder, "index.ts") };
    const { problems } = await readReference([entry], join(folder, "tsconfig.json"));
    expect(problems.map((problem) => problem.split("\n")[0])).toEqual([
      expect.stringMatching(/take has an @param with name "other", which was not used/),
      expect.stringMatching(/^Hidden, .* is referenced by .*take.* but not included/),
      expect.stringMatching(/Shown\.bare \(Property\).* does not have any documentation/),
      expect.stringMatching(/Failed to resolve link to "nowhere"/),
      "take.hidden has no @param",
    ]);
  });
});
