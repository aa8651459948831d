import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Tests run against the TypeScript sources of every package (condition `@mhgan/source`), so they need no build. */
const shared: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: ["@mhgan/source", "module", "node", "import", "default"] } },
  resolve: { conditions: ["@mhgan/source", "module", "node", "import", "default"] },
  test: {
    setupFiles: [fileURLToPath(new URL("./vitest.setup.ts", import.meta.url))],
    include: ["src/**/*.test.ts"],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    watch: false,
  },
});

export default shared;
