import { benchmarks } from "../benchmarks.ts";
import type { ChildMessage } from "./contestant-process.ts";

/** The contestant's side: prepares, then measures once for every message. */
const [name, caseIndex, contestantIndex] = process.argv.slice(2);
const answer = (message: ChildMessage): void => {
  process.send?.(message);
};

try {
  const load = benchmarks[name ?? ""];
  if (load === undefined) throw new Error(`no benchmark "${name}"`);
  const { cases } = await load();
  const measure = await cases[Number(caseIndex)]!.contestants[Number(contestantIndex)]!.prepare();
  process.on("message", async () => answer({ value: await measure() }));
  answer({ value: 0 });
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
}
