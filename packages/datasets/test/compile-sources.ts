import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/**
 * Turns the sources into JavaScript, file by file, so that a test can run them in a process of its own without a build.
 *
 * @param folder - where the files go: `x.js` for `src/x.ts`.
 */
export async function compileSources(folder: string): Promise<void> {
  const sources = fileURLToPath(new URL("../src", import.meta.url));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const name of await readdir(sources, { recursive: true })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    await mkdir(join(folder, dirname(name)), { recursive: true });
    const { outputText } = ts.transpileModule(await readFile(join(sources, name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
      },
    });
    await writeFile(join(folder, name.replace(/ts$/, "js")), outputText);
  }
}
