import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { shippedGan } from "@mhgan/cli";
import { parseNpy } from "@mhgan/datasets";
import { loadModel } from "@mhgan/gan-core/node";
import type { RawGan } from "./raw-gan.ts";

/** The GAN of 28x28 images that comes with `@mhgan/cli`. */
export async function shippedImageGan(): Promise<RawGan> {
  const scores = parseNpy(await readFile(join(shippedGan, "scores", "real.npy")));
  return {
    generator: await loadModel(join(shippedGan, "generator")),
    discriminator: await loadModel(join(shippedGan, "discriminator")),
    realScores: Float64Array.from(scores.data as ArrayLike<number>),
  };
}
