import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A document that may quote results, by its path from the root of the repository. */
export interface Document {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** README, that of the benchmarks, the documents in `docs` and the packages' READMEs. */
export function documents(): Document[] {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  const readmes = readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`);
  return ["README.md", "benchmarks/README.md", ...docs.sort(), ...readmes.sort()].map((name) => {
    const path = join(root, name);
    return { name, path, text: readFileSync(path, "utf8") };
  });
}
