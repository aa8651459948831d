import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatNpy, readNpyFile } from "@mhgan/datasets";
import { budgetedRejection, type RandomStream, selectFromArray } from "@mhgan/mcmc";
import { chooseBudget } from "./choose-budget.ts";
import { fitScores, type Pipeline } from "./pipeline.ts";

/** What lies in the folder: generated rows with their scores, and scores of real rows that training never saw. */
const files = {
  rows: "rows.npy",
  fakeScores: "fake.npy",
  realScores: "real.npy",
  picked: "picked.npy",
} as const;

/** Writes what a generator and a classifier in Python would: three files of NumPy. */
export async function writeScoreFiles(
  folder: string,
  { generator, score, judge }: Pipeline,
  options: { readonly count: number; readonly random: RandomStream },
): Promise<void> {
  const rows = generator.generate(options.count, options.random);
  await writeFile(join(folder, files.rows), formatNpy(rows));
  await writeFile(join(folder, files.fakeScores), vector(score(rows)));
  await writeFile(join(folder, files.realScores), vector(score(judge)));
}

export interface PickedRows {
  readonly budget: number;
  /** Generated rows that were offered; the others calibrate the scores and are the pilots. */
  readonly offered: number;
  /** Numbers of the rows that were picked, as they are written to `picked.npy`. */
  readonly picked: Int32Array;
}

/** Reads scores, calibrates them, and picks rows by their numbers. No row is read, and no model. */
export async function pickFromFiles(
  folder: string,
  options: { readonly totalVariation: number; readonly seed: number | RandomStream },
): Promise<PickedRows> {
  const real = await readNumbers(join(folder, files.realScores));
  const fake = await readNumbers(join(folder, files.fakeScores));
  // Each generated row serves once: to calibrate, as many as there are real ones; as a pilot; or to be picked.
  const pilots = real.length;
  const first = real.length + pilots;
  const calibrator = fitScores(real, fake.subarray(0, real.length));
  const logWeights = calibrator.logOdds(fake.subarray(real.length));
  const pilotLogWeights = logWeights.subarray(0, pilots);
  const budget = chooseBudget(pilotLogWeights, options.totalVariation);
  const selection = selectFromArray(logWeights.subarray(pilots), {
    selector: budgetedRejection({ budget }),
    pilotLogWeights,
    seed: options.seed,
  });
  const picked = selection.picked.map((row) => first + row);
  await writeFile(join(folder, files.picked), formatNpy({ data: picked, shape: [picked.length] }));
  return { budget, offered: fake.length - first, picked };
}

const vector = (data: Float64Array): Uint8Array => formatNpy({ data, shape: [data.length] });

/** The numbers of an NPY file, whatever their type. */
export async function readNumbers(path: string): Promise<Float64Array> {
  const { data } = await readNpyFile(path);
  return Float64Array.from(data as ArrayLike<number | bigint>, Number);
}
