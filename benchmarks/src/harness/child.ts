import { benchmarks } from "../benchmarks.ts";
import type { Prepared } from "./benchmark.ts";
import type { ChildAnswer, ChildRequest } from "./contestant-process.ts";
import { MissingPeer } from "./missing-peer.ts";

/** The contestant's side: prepares, then answers one request after the other. */
const [name, caseIndex, contestantIndex] = process.argv.slice(2);

async function answer(work: () => unknown): Promise<void> {
  let message: ChildAnswer;
  try {
    message = { value: await work() };
  } catch (error) {
    if (error instanceof MissingPeer) message = { missing: error.message, remedy: error.remedy };
    else message = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(message);
}

// Without the parent nobody asks any more; a program that the contestant has started would keep this process.
process.on("disconnect", () => process.exit());

await answer(async () => {
  const load = benchmarks[name ?? ""];
  if (load === undefined) throw new Error(`no benchmark "${name}"`);
  const { cases } = await load();
  const contestant = cases[Number(caseIndex)]!.contestants[Number(contestantIndex)]!;
  const prepared: Prepared = await contestant.prepare();
  process.on("message", (request: ChildRequest) =>
    answer(() => (request === "measure" ? prepared.measure() : (prepared.facts?.() ?? {}))),
  );
  return prepared.versions ?? {};
});
