import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { loadModel, saveModel } from "@mhgan/gan-core/node";
import type { CriticStore } from "@mhgan/gan-core/tfjs";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { writeWhole } from "../write-whole.ts";

/** The networks of a refit that is not finished, on disk. */
export interface UnfinishedRefit extends CriticStore {
  loadClassifier(): Promise<LayersModel | undefined>;
  saveClassifier(model: LayersModel): Promise<void>;
}

/**
 * Opens the folder of a refit that may have been stopped.
 *
 * @param key - what its networks depend on: those of anything else are thrown away.
 */
export async function openUnfinishedRefit(folder: string, key: object): Promise<UnfinishedRefit> {
  const digest = createHash("sha256").update(JSON.stringify(key)).digest("hex");
  const before = await readFile(join(folder, "key"), "utf8").catch(() => undefined);
  if (before !== digest) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeWhole(folder, "key", digest);
  }
  // What cannot be read is trained again.
  const load = (name: string) => loadModel(join(folder, name)).catch(() => undefined);
  return {
    loadClassifier: () => load("classifier"),
    saveClassifier: (model) => saveModel(model, join(folder, "classifier")),
    async load(number) {
      const training = await readFile(join(folder, `critic-${number}.json`), "utf8").catch(() => undefined);
      const model = training === undefined ? undefined : await load(`critic-${number}`);
      return model && { model, training: JSON.parse(training!) };
    },
    async save(number, { model, training }) {
      await saveModel(model, join(folder, `critic-${number}`));
      // Last, as it is what says that the critic is there.
      await writeWhole(folder, `critic-${number}.json`, JSON.stringify(training));
    },
  };
}
