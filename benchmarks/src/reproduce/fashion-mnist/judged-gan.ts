import { type Judge, loadJudge, shippedGan, shippedJudge } from "@mhgan/cli";
import type { CalibratedGan } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import type { RandomStream } from "@mhgan/mcmc";
import type { Features } from "@mhgan/metrics";
import type * as tf from "@tensorflow/tfjs-core";
import { type GanFolder, readGanFolder } from "./gan-folder.ts";
import { type JudgeClasses, judgeClasses } from "./judge-classes.ts";
import { type RefitCritic, refitCritic } from "./refit-critic.ts";

/** The GAN that comes with the command, what weighs its samples, and who judges them. */
export interface JudgedGan {
  readonly folder: GanFolder;
  readonly critics: Readonly<Record<CriticName, CalibratedGan<tf.Tensor>>>;
  readonly refit: RefitCritic;
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

/** Loads the shipped GAN and judge, and trains critics on the finished generator. */
export async function judgedGan(random: RandomStream, log: (line: string) => void): Promise<JudgedGan> {
  await useBackend("wasm");
  const judgeFolder = shippedJudge("fashion-mnist")!;
  const judge = await loadJudge(judgeFolder);
  const folder = await readGanFolder(shippedGan);
  const real = await judge.look(folder.test);
  const classes = await judgeClasses(judgeFolder);
  log("refit");
  const refit = await refitCritic(folder, random.split("refit"), log);
  return {
    folder,
    critics: { "own discriminator": folder.own, refit: refit.calibrated },
    refit,
    judge,
    judgeClasses: classes,
    real,
  };
}
