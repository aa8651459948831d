import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { root } from "./workspace.ts";

/** Bytes of what a bundler ships for some exports of a built package: minified, then gzipped. */
async function bundledSize(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

describe("a bundle", () => {
  it.each([
    { code: 'export { independenceSampler } from "@mhgan/mcmc";', limit: 3000 },
    { code: 'export { independenceSampler, sample } from "@mhgan/mcmc";', limit: 5000 },
    { code: 'export { metropolisHastings, selectDraws } from "@mhgan/mcmc";', limit: 5000 },
    { code: 'export { selectMetropolisHastings, selectBackward } from "@mhgan/mcmc";', limit: 2000 },
    { code: 'export * from "@mhgan/mcmc";', limit: 15_000 },
    { code: 'export * from "@mhgan/mcmc/predictions";', limit: 7000 },
    { code: 'export * from "@mhgan/mcmc/diagnostics";', limit: 8000 },
    { code: 'export { fitIsotonic } from "@mhgan/calibration";', limit: 3000 },
    { code: 'export { fitPlatt } from "@mhgan/calibration";', limit: 3300 },
    { code: 'export * from "@mhgan/calibration";', limit: 19_500 },
  ])("of $code stays below $limit bytes", async ({ code, limit }) => {
    const size = await bundledSize(code);
    expect(size).toBeGreaterThan(200);
    expect(size).toBeLessThan(limit);
  });
});
