import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Recipe } from "./recipe.ts";

const { version } = createRequire(import.meta.url)("@tensorflow/tfjs-core/package.json") as {
  version: string;
};
const cache = fileURLToPath(new URL("../../../.cache/gaussians", import.meta.url));

/** Where the weights of a recipe and a seed are kept: in a folder that git ignores. Delete it after a change to the training itself. */
export function weightsPath(recipe: Recipe, seed: number, name = "weights"): string {
  const key = createHash("sha256")
    .update(JSON.stringify({ recipe, tfjs: version }))
    .digest("hex")
    .slice(0, 16);
  return join(cache, key, `seed-${seed}`, `${name}.bin`);
}
