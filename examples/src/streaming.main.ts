import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { meanToError, shareAboveHalf } from "./streaming.ts";

const draws = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), "streaming-"));
try {
  console.log("Mean until its error is small enough, seed 1: exact .6667\n");
  const file = join(folder, "run.json");
  for (const [wanted, path] of [
    [0.001, file],
    [0.0005, file],
    [0.0005, join(folder, "other.json")],
  ] as const) {
    const { mean, error, draws } = await meanToError(wanted, 1, path);
    const how =
      wanted === 0.001 ? "saved" : path === file ? "gone on from the file" : "the same without a stop";
    console.log(`${mean} ± ${error.toFixed(5)} from ${draws} draws, ${how}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
const { share, largestBlock, proposalsPerDraw } = await shareAboveHalf(draws, 1);
console.log(
  `\nAbove one half: ${share.toFixed(4)} of ${draws} draws, at most ${largestBlock} of them in memory, ` +
    `${proposalsPerDraw.toFixed(1)} proposals for each. Exact .8867`,
);
