import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What comes with the package: a GAN of Fashion-MNIST, and the judge of its samples. */
const shipped = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve("@mhgan/cli/package.json")), "assets", name);

/** Folder of the judge of Fashion-MNIST: what `mhgan train-judge --dataset fashion-mnist` makes. */
export const shippedJudge: string = shipped("fashion-mnist-judge");

/** Folder of the GAN of Fashion-MNIST. */
export const shippedGan: string = shipped("fashion-mnist-gan");
