import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { integer, randomStream } from "@mhgan/mcmc";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-killed-"));
});
afterEach(() => rm(folder, { recursive: true }));

const steps = 240;
const program = fileURLToPath(new URL("../testing/train-in-a-process.ts", import.meta.url));

/** Starts the run in a process of its own, and kills it after so many steps. Gives how many it took, and how it ended. */
async function run(name: string, killAfter = Infinity) {
  const args = ["--import", "tsx", "--conditions=@mhgan/source", program, join(folder, name), String(steps)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let taken = 0;
  let complaints = "";
  child.stdout.on("data", (dots: Buffer) => {
    taken += dots.length;
    if (taken >= killAfter) child.kill("SIGKILL");
  });
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  const [code, signal] = await once(child, "close");
  if (code !== 0 && signal !== "SIGKILL") throw new Error(complaints);
  return { taken, killed: signal === "SIGKILL" };
}

test("a run that is killed again and again has the weights and the log of one that was not", async () => {
  const moments = randomStream("moments");
  const [whole] = await Promise.all([
    run("whole"),
    (async () => {
      for (let kill = 0; kill < 3; kill++) {
        // Most of a step's time is the writing of its checkpoint, so that is where most of these end.
        const { killed } = await run("pieces", 5 + integer(moments, 25));
        expect(killed).toBe(true);
      }
      const last = await run("pieces");
      expect(last.killed).toBe(false);
      expect(last.taken).toBeGreaterThan(0);
      expect(last.taken).toBeLessThan(steps - 10);
    })(),
  ]);
  expect(whole).toEqual({ taken: steps, killed: false });
  const read = (run: string, file: string) => readFile(join(folder, run, file));
  for (const file of ["log.jsonl", "generator/weights.bin", "discriminator/weights.bin"]) {
    expect((await read("pieces", file)).equals(await read("whole", file)), file).toBe(true);
  }
  const log = (await read("pieces", "log.jsonl")).toString().trimEnd().split("\n");
  expect(log.map((line) => JSON.parse(line).step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
});
