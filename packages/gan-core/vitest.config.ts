import { createRequire } from "node:module";
import { join } from "node:path";
import { defineConfig, mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** Where `npm run test:native` and `npm run test:webgpu` put the packages that this repository does not depend on. */
const modules = process.env["MHGAN_TEST_MODULES"];
const optional = [
  "@tensorflow/tfjs-node",
  "@tensorflow/tfjs-node-gpu",
  "@tensorflow/tfjs-backend-webgpu",
  "webgpu",
];

export default mergeConfig(
  shared,
  defineConfig({
    plugins:
      modules === undefined
        ? []
        : [
            {
              name: "optional-backends",
              enforce: "pre",
              resolveId: (id) => {
                if (!optional.includes(id)) return undefined;
                try {
                  return { id: createRequire(join(modules, "here.js")).resolve(id), external: true };
                } catch {
                  return undefined; // not among the packages of this run
                }
              },
            },
          ],
  }),
);
