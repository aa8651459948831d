import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const shipped = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve("@mhgan/cli/package.json")), "models", name);

/** The run of the GAN of Fashion-MNIST that comes with the package: trained, calibrated and refitted. */
export const shippedGan: string = shipped("fashion-mnist-gan");

/**
 * The folder of the judge that comes with the package; undefined for other data sets.
 *
 * @param dataset - the name of the images, such as `fashion-mnist`.
 */
export function shippedJudge(dataset: string): string | undefined {
  return dataset === "fashion-mnist" ? shipped("fashion-mnist-judge") : undefined;
}
