import type { CheckpointStore, TrainingCheckpoint } from "../tfjs/training/training-checkpoint.ts";

/** Checkpoints in memory, as copies: all of them, newest last. */
export function memoryCheckpoints(): CheckpointStore & { readonly all: TrainingCheckpoint[] } {
  const all: TrainingCheckpoint[] = [];
  return {
    all,
    save: (checkpoint) => {
      all.push(structuredClone(checkpoint));
    },
    latest: () => structuredClone(all.at(-1)),
  };
}
