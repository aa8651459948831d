import { type RandomStream, shuffle } from "@mhgan/mcmc";

/** Row numbers of real samples in three parts that share none. */
export interface RealParts {
  /** What critics descend on. */
  readonly training: Uint32Array;
  /** What says when a critic is at its best. */
  readonly stopping: Uint32Array;
  /** What no critic has met in any way. */
  readonly heldOut: Uint32Array;
}

/** Splits the numbers 0 to `count` − 1 at random. Each part with a share above 0 gets at least one. */
export function splitRealRows(
  count: number,
  shares: { readonly stopping: number; readonly heldOut: number },
  random: RandomStream,
): RealParts {
  const rows = Uint32Array.from(
    shuffle(
      random,
      Uint32Array.from({ length: count }, (_, row) => row),
    ),
  );
  const size = (share: number) => (share === 0 ? 0 : Math.max(1, Math.round(count * share)));
  const stopping = size(shares.stopping);
  const heldOut = size(shares.heldOut);
  return {
    heldOut: rows.slice(0, heldOut),
    stopping: rows.slice(heldOut, heldOut + stopping),
    training: rows.slice(heldOut + stopping),
  };
}
