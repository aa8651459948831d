import { type Judge, loadJudge, shippedGan, shippedJudge } from "@mhgan/cli";
import type { CalibratedGan } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import type { Features } from "@mhgan/metrics";
import type * as tf from "@tensorflow/tfjs-core";
import { type GanFolder, readGanFolder } from "./gan-folder.ts";
import { type JudgeClasses, judgeClasses } from "./judge-classes.ts";

/** Critics that were trained on the finished generator, and the classes that a network of theirs names. */
export interface Critics {
  readonly calibrated: CalibratedGan<tf.Tensor>;
  classes(images: tf.Tensor): Promise<Int32Array>;
}

/** The GAN that comes with the command, what weighs its samples, and who judges them. */
export interface JudgedGan<Refit extends Critics = Critics> {
  readonly folder: GanFolder;
  readonly critics: Readonly<Record<CriticName, CalibratedGan<tf.Tensor>>>;
  readonly refit: Refit;
  readonly judge: Judge;
  /** The class that the judge names for what it saw. */
  readonly judgeClasses: JudgeClasses;
  /** What it sees in the test images. */
  readonly real: Features;
}

/** Who weighs samples, and what tables call it. */
export const criticTitles = {
  "own discriminator": "own discriminator",
  refit: "refitted critics",
} as const;

export type CriticName = keyof typeof criticTitles;

/** Loads the shipped GAN and judge, and makes or loads critics of the finished generator. */
export async function judgedGan<Refit extends Critics>(
  critics: (folder: GanFolder) => Promise<Refit>,
): Promise<JudgedGan<Refit>> {
  await useBackend("wasm");
  const judgeFolder = shippedJudge("fashion-mnist")!;
  const judge = await loadJudge(judgeFolder);
  const folder = await readGanFolder(shippedGan);
  const real = await judge.look(folder.test);
  const classes = await judgeClasses(judgeFolder);
  const refit = await critics(folder);
  return {
    folder,
    critics: { "own discriminator": folder.own, refit: refit.calibrated },
    refit,
    judge,
    judgeClasses: classes,
    real,
  };
}
