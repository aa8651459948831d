import { basename } from "node:path";
import ts from "typescript";

/** The two ways to find the types of a package that users have. */
const resolutions: Readonly<Record<string, ts.CompilerOptions>> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/**
 * What TypeScript has against some files and the declarations that they reach, checked strictly in both resolutions.
 *
 * @param files - full paths, beside a `node_modules` with what they import.
 */
export function typeErrorsOf(files: readonly string[]): string[] {
  return Object.entries(resolutions).flatMap(([resolution, options]) => {
    const program = ts.createProgram([...files], {
      ...options,
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
      types: [],
    });
    return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const place = file === undefined ? "" : `${basename(file.fileName)}: `;
      return `${resolution}: ${place}${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  });
}
