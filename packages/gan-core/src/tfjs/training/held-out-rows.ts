import { type RandomStream, shuffle } from "@mhgan/mcmc";
import type { ArrayBatch } from "../../batch.ts";

/** Real samples that training never saw: what may calibrate the discriminator and start chains. */
export interface HeldOutRows {
  /** As models take them, whatever type the data have. */
  readonly data: Float32Array;
  /** [rows, …]. */
  readonly shape: readonly number[];
  /** Which rows of the data they are, in their order here, which is random. */
  readonly rows: Uint32Array;
}

/**
 * Deals rows into those to train on and those held out, at random.
 *
 * A larger share holds out the same rows and others besides, so that no row moves from training to calibration unnoticed.
 *
 * @throws {RangeError} if the share is not in [0, 1), or a part of it would be empty.
 */
export function holdOutRows(
  real: ArrayBatch,
  share: number,
  random: RandomStream,
): { readonly training: Uint32Array; readonly heldOut: HeldOutRows } {
  const count = real.shape[0]!;
  if (!(share >= 0 && share < 1)) {
    throw new RangeError(
      `trainGan: heldOutShare must be in [0, 1) (0 if calibration data were set aside already), got ${share}`,
    );
  }
  const held = Math.round(share * count);
  if (share > 0 && (held === 0 || held === count)) {
    throw new RangeError(
      `trainGan: heldOutShare must leave samples to train on and to hold out, got ${share} of ${count} samples`,
    );
  }
  const order = Uint32Array.from(
    shuffle(
      random,
      Uint32Array.from({ length: count }, (_, row) => row),
    ),
  );
  const rows = order.slice(0, held);
  return { training: order.slice(held), heldOut: takeRows(real, rows) };
}

function takeRows({ data, shape }: ArrayBatch, rows: Uint32Array): HeldOutRows {
  const rowShape = shape.slice(1);
  const size = rowShape.reduce((product, side) => product * side, 1);
  const taken = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    taken.set(data.subarray(row * size, (row + 1) * size), i * size);
  });
  return { data: taken, shape: [rows.length, ...rowShape], rows };
}
