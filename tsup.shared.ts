import type { Options } from "tsup";

/**
 * How every package is built: ES modules that import their dependencies, with source maps and bundled declarations.
 *
 * `tsup --no-dts` makes the JavaScript alone, in a second instead of several; declarations of an earlier build stay.
 *
 * @param entry - the files that package.json exports or runs.
 * @param declared - the ones of them that users import, and that so need declarations. Default: all.
 */
export function library(entry: string[], declared: string[] = entry): Options {
  return {
    entry,
    format: "esm",
    target: "es2022",
    // Types are checked by `npm run typecheck`, once; here they are only written down.
    dts: { entry: declared, compilerOptions: { noCheck: true } },
    sourcemap: true,
    clean: ["!**/*.d.ts"],
    silent: true,
  };
}
