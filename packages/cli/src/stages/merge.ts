import type { Shard } from "../draw-methods.ts";
import { UsageError } from "../io.ts";
import type { RunStages, StageOutcome, StageRecord } from "../run-stages.ts";
import {
  joined,
  joinedRecords,
  readDraws,
  requireSetName,
  setStage,
  summaryOf,
  writeDraws,
} from "./draw-set.ts";

/**
 * Joins the shards of a set of draws into the set, as one process would have drawn it.
 *
 * @throws {UsageError} if a shard is missing, or they are not of one set.
 */
export async function mergeStage(
  run: RunStages,
  { name, force }: { readonly name: string; readonly force: boolean },
): Promise<StageOutcome> {
  requireSetName(name);
  const { stages } = await run.read();
  const prefix = `${setStage(name)}:`;
  const found = Object.keys(stages).filter((stage) => stage.startsWith(prefix));
  const finished: { readonly shard: Shard; readonly record: StageRecord }[] = [];
  for (const stage of found) {
    const record = await run.stage(stage);
    if (record === undefined) {
      throw new UsageError(`${stage} in ${run.path} rests on what was replaced since: draw it again`);
    }
    finished.push({ shard: record.options["shard"] as Shard, record });
  }
  if (finished.length === 0) {
    throw new UsageError(`${run.path} has no shards of ${name}: mhgan sample --shard 1/2 --name ${name}`);
  }
  finished.sort((a, b) => a.shard.part - b.shard.part);
  const [first] = finished as [(typeof finished)[0]];
  const { parts } = first.shard;
  const { shard: _, ...options } = first.record.options;
  for (const { shard, record } of finished) {
    const { shard: __, ...others } = record.options;
    const same =
      shard.parts === parts &&
      JSON.stringify(others) === JSON.stringify(options) &&
      JSON.stringify(record.inputs) === JSON.stringify(first.record.inputs) &&
      record.result["backend"] === first.record.result["backend"];
    if (same) continue;
    throw new UsageError(
      `shards ${first.shard.part}/${parts} and ${shard.part}/${shard.parts} of ${name} do not belong together: their options, models or backends differ`,
    );
  }
  const missing = Array.from({ length: parts }, (_, i) => i + 1).filter(
    (part) => !finished.some(({ shard }) => shard.part === part),
  );
  if (missing.length > 0) {
    throw new UsageError(
      `shard ${missing.map((part) => `${part}/${parts}`).join(", ")} of ${name} is missing: mhgan sample --shard`,
    );
  }
  const stage = { name: setStage(name), options, inputs: Object.keys(first.record.inputs), force };
  return run.run(stage, async (writer) => {
    const read = await Promise.all(
      finished.map(({ shard, record }) =>
        readDraws(run, record, `draws/${name}/shard-${shard.part}-of-${parts}`),
      ),
    );
    const samples = joined(read.map((one) => one.samples));
    const record = joinedRecords(read.map((one) => one.record));
    await writeDraws(writer, `draws/${name}/samples`, samples, record, true);
    const { label, backend } = first.record.result;
    return { ...summaryOf(record, samples.shape[0]!), label, backend };
  });
}
