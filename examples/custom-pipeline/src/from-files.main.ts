import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "@mhgan/mcmc";
import { buildPipeline } from "./pipeline.ts";
import { shareBroken } from "./quality.ts";
import { pickFromFiles, readNumbers, writeScoreFiles } from "./score-files.ts";

const folder = mkdtempSync(join(tmpdir(), "score-files-"));
const random = randomStream(1);
const pipeline = buildPipeline(random);
await writeScoreFiles(folder, pipeline, { count: 20_000, random: random.split("files") });
const { budget, offered } = await pickFromFiles(folder, {
  totalVariation: 0.05,
  seed: random.split("picks"),
});

const table = await readNumbers(join(folder, "rows.npy"));
const picks = await readNumbers(join(folder, "picked.npy"));
rmSync(folder, { recursive: true });

const count = (number: number): string => number.toLocaleString("en");
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
console.log(`rows.npy     20,000 generated rows, of which ${percent(shareBroken(table))} break the rule
fake.npy     their scores
real.npy     scores of ${count(pipeline.judge.shape[0]!)} real rows that training never saw
picked.npy   numbers of ${count(picks.length)} rows, ${percent(picks.length / offered)} of the ${count(offered)} offered (budget ${percent(budget)}), \
of which ${percent(shareBroken(rowsOf(table, picks)))} break the rule`);

function rowsOf(points: Float64Array, rows: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * rows.length }, (_, i) => points[2 * rows[i >> 1]! + (i & 1)]!);
}
