import { formatNpy, parseNpy } from "@mhgan/datasets";
import type { ArrayBatch } from "@mhgan/gan-core";
import type { DrawMethod, Shard } from "../draw-methods.ts";
import { UsageError } from "../io.ts";
import { imageGrid } from "../report/image-grid.ts";
import type { RunStages, StageRecord, StageWriter } from "../run-stages.ts";

/** What is known of a set of draws, one entry for each. */
export interface DrawsRecord {
  readonly logWeights: readonly number[];
  readonly proposalsUsed: readonly number[];
  readonly acceptCounts: readonly number[];
  readonly capOuts: number;
}

/** A stretch of a set: the numbers of its first draw and of the one after its last. */
export type DrawRange = readonly [from: number, to: number];

/** Draws, and how they were made. */
export interface Drawn {
  readonly samples: ArrayBatch;
  readonly record: DrawsRecord;
  readonly label: string;
  readonly backend: string;
}

/** Images in a picture of a set. */
const SHOWN = 15;
export const setStage = (name: string, shard?: Shard): string =>
  `sample:${name}${shard ? `:${shard.part}-of-${shard.parts}` : ""}`;

/** What a set is called if it is not named. */
export function setNameOf({ method, refit }: { method: DrawMethod; refit: boolean }): string {
  if (method === "none") return "gan";
  if (method === "chosen") return "refit";
  if (method === "by-class") return "by-class";
  return refit ? `refit-${method}` : method;
}

/** @throws {UsageError} if it is no name for a folder. */
export function requireSetName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name)) return;
  throw new UsageError(
    `--name must be letters, digits, points, dashes and underscores, got ${JSON.stringify(name)}`,
  );
}

/** Writes a set, or a shard of one, and with it a picture of its first samples. */
export async function writeDraws(
  writer: StageWriter,
  file: string,
  samples: ArrayBatch,
  record: DrawsRecord,
  withPicture: boolean,
): Promise<void> {
  await writer.write(`${file}.npy`, formatNpy(samples));
  await writer.write(`${file}.json`, `${JSON.stringify(record)}\n`);
  if (!withPicture) return;
  const [count, height, width] = samples.shape as [number, number, number];
  const columns = Math.min(SHOWN, count);
  await writer.write(`${file}.png`, imageGrid({ rows: [samples.data], columns, height, width }));
}

/** Reads what {@link writeDraws} wrote. */
export async function readDraws(
  run: RunStages,
  stage: StageRecord,
  file: string,
): Promise<{ readonly samples: ArrayBatch; readonly record: DrawsRecord }> {
  const { data, shape } = parseNpy(await run.file(stage, `${file}.npy`));
  const text = new TextDecoder().decode(await run.file(stage, `${file}.json`));
  return { samples: { data: data as Float32Array, shape }, record: JSON.parse(text) };
}

/** A set in a few numbers. */
export function summaryOf({ capOuts, proposalsUsed }: DrawsRecord, draws: number): Record<string, number> {
  const proposals = proposalsUsed.reduce((sum, used) => sum + used, 0);
  return { draws, proposals, proposalsPerDraw: proposals / draws, capOuts, capOutRate: capOuts / draws };
}

/** Stretches of a set, in order, as one. */
export function joinedDraws(parts: readonly Drawn[]): Drawn {
  return {
    ...parts[0]!,
    samples: joined(parts.map(({ samples }) => samples)),
    record: joinedRecords(parts.map(({ record }) => record)),
  };
}

/** Batches one after the other. */
export function joined(parts: readonly ArrayBatch[]): ArrayBatch {
  const [, ...shape] = parts[0]!.shape;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let offset = 0;
  for (const part of parts) {
    data.set(part.data, offset);
    offset += part.data.length;
  }
  return { data, shape: [parts.reduce((sum, part) => sum + part.shape[0]!, 0), ...shape] };
}

/** What is known of all draws together. */
export function joinedRecords(records: readonly DrawsRecord[]): DrawsRecord {
  return {
    logWeights: records.flatMap(({ logWeights }) => logWeights),
    proposalsUsed: records.flatMap(({ proposalsUsed }) => proposalsUsed),
    acceptCounts: records.flatMap(({ acceptCounts }) => acceptCounts),
    capOuts: records.reduce((sum, { capOuts }) => sum + capOuts, 0),
  };
}
