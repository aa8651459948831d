import { join } from "node:path";
import { imageClassifier, shippedGan } from "@mhgan/cli";
import { calibrateGan } from "@mhgan/gan-core";
import { loadModel } from "@mhgan/gan-core/node";
import { criticGan } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import type { GanFolder } from "./gan-folder.ts";
import type { Critics } from "./judged-gan.ts";

const CRITICS = 3;

/** The critics that come with the GAN: of `mhgan refit`, on what one network sees. Calibrated here, by the images that the run held out. */
export async function shippedCritics({ gan, heldOut }: GanFolder, random: RandomStream): Promise<Critics> {
  const folder = join(shippedGan, "refit");
  const classifier = imageClassifier(await loadModel(join(folder, "classifier")));
  const models = await Promise.all(
    Array.from({ length: CRITICS }, (_, i) => loadModel(join(folder, "critics", String(i)))),
  );
  const refitted = criticGan(gan, models, { features: (batch) => classifier.features(batch) });
  return {
    calibrated: await calibrateGan(refitted, { real: heldOut, seed: random.split("calibration") }),
    classes: classifier.classes,
  };
}
