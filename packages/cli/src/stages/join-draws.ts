import type { ArrayBatch } from "@mhgan/gan-core";
import type { Drawn, DrawsRecord } from "./sample.ts";

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
