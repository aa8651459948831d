import type { ProposalRequest, ProposalSource, RandomStream } from "@mhgan/mcmc";
import type { BatchOperations } from "./batch-operations.ts";
import type { Gan, Latent } from "./gan.ts";
import type { PlainSamples } from "./plain-samples.ts";

/** A draw before it is among the samples: a latent to decode, a generated sample, or the number of a real one. */
export type Drawn<Batch> =
  | { readonly kind: "latent"; readonly latent: Float32Array }
  | { readonly kind: "sample"; readonly sample: Batch; readonly latent?: Float32Array }
  | { readonly kind: "real"; readonly real: number; readonly latent?: undefined };

/** What is kept of proposals until some are picked: enough to generate them again, or the samples. */
export type Kept = "latents" | "samples";

/** Proposals, of which log weights and latents are kept until one is picked, and the samples if `Kept` says so. */
export interface ProposedBlock<Batch> {
  readonly logWeights: Float64Array;
  /** Latents, row after row, if the GAN has them. */
  readonly latents?: Float32Array;
  /** The samples, in order. */
  readonly samples?: readonly BatchRows<Batch>[];
}

/** Rows of a batch that other blocks may hold rows of too. */
interface BatchRows<Batch> {
  readonly held: HeldBatch<Batch>;
  readonly begin: number;
  readonly count: number;
}

/** A batch and how many hold it: the last to let go frees it. */
interface HeldBatch<Batch> {
  readonly batch: Batch;
  holders: number;
}

/**
 * A GAN as a source of proposals.
 *
 * With latents, all chains share model calls, proposal k of a run coming from its own stream, and only latents are kept, which are
 * decoded again for the draws, unless samples are to be kept. Without, each request of a run is one call of `generate`.
 */
export class GanProposals<Batch> implements ProposalSource<Drawn<Batch>, ProposedBlock<Batch>> {
  /** Without latents a call costs more than a few samples too many. */
  readonly firstBlock: number;
  readonly #gan: Gan<Batch>;
  readonly #batches: BatchOperations<Batch>;
  readonly #logWeights: (scores: ArrayLike<number>) => Float64Array;
  readonly #batchSize: number;
  readonly #keep: Kept;
  readonly #signal: AbortSignal | undefined;
  /** Batches of picked samples that have not been freed. */
  readonly #picked: Set<Batch> = new Set();

  constructor(
    gan: Gan<Batch>,
    batches: BatchOperations<Batch>,
    options: {
      readonly logWeights: (scores: ArrayLike<number>) => Float64Array;
      readonly batchSize: number;
      /** Of a GAN with latents; of another, samples are kept. */
      readonly keep: Kept;
      readonly signal: AbortSignal | undefined;
    },
  ) {
    this.#gan = gan;
    this.#batches = batches;
    this.#logWeights = options.logWeights;
    this.#batchSize = options.batchSize;
    this.#keep = options.keep;
    this.#signal = options.signal;
    this.firstBlock = gan.latent === undefined ? 16 : 4;
  }

  weigh(requests: readonly ProposalRequest[]): Promise<ProposedBlock<Batch>[]> {
    const { latent } = this.#gan;
    return latent === undefined ? this.#generate(requests) : this.#decode(latent, requests);
  }

  async pick({ latents, samples, logWeights }: ProposedBlock<Batch>, place: number): Promise<Drawn<Batch>> {
    const size = (latents?.length ?? 0) / logWeights.length;
    const latent = latents?.slice(place * size, (place + 1) * size);
    if (samples === undefined) return { kind: "latent", latent: latent! };
    let row = place;
    const rows = samples.find(({ count }) => {
      if (row < count) return true;
      row -= count;
      return false;
    })!;
    const sample = await this.#batches.take(rows.held.batch, [rows.begin + row]);
    this.#picked.add(sample);
    return { kind: "sample", sample, ...(latent && { latent }) };
  }

  release({ samples = [] }: ProposedBlock<Batch>): void {
    for (const { held } of samples) this.#letGo(held);
  }

  /** The draws as one batch, in order. */
  async assemble(draws: readonly Drawn<Batch>[], real: Batch | PlainSamples | undefined): Promise<Batch> {
    const parts: Batch[] = [];
    /** Number of each draw, in the order in which the parts hold them. */
    const order: number[] = [];
    const numbersOf = (kind: Drawn<Batch>["kind"]): number[] =>
      draws.flatMap((draw, i) => (draw.kind === kind ? [i] : []));
    let result: Batch | undefined;
    try {
      const latents = numbersOf("latent");
      for (let begin = 0; begin < latents.length; begin += this.#batchSize) {
        const numbers = latents.slice(begin, begin + this.#batchSize);
        parts.push(await this.#gan.latent!.decode(joined(numbers.map((i) => latentOf(draws[i]!)))));
        order.push(...numbers);
      }
      for (const i of numbersOf("sample")) {
        const { sample } = draws[i] as { sample: Batch };
        this.#picked.delete(sample);
        parts.push(sample);
        order.push(i);
      }
      const reals = numbersOf("real");
      if (reals.length > 0) {
        if (real === undefined) {
          throw new RangeError(
            `sample: draw ${reals[0]} is a real sample, and this GAN was not given them (withCalibration: real)`,
          );
        }
        parts.push(
          await this.#batches.take(
            real,
            reals.map((i) => (draws[i] as { real: number }).real),
          ),
        );
        order.push(...reals);
      }
      const all = await this.#batches.concat(parts);
      result = all;
      if (order.some((number, place) => number !== place)) {
        const places = new Uint32Array(order.length);
        for (const [place, number] of order.entries()) places[number] = place;
        if (!parts.includes(all)) parts.push(all);
        result = await this.#batches.take(all, places);
      }
      return result;
    } finally {
      for (const part of parts) if (part !== result) this.#batches.dispose(part);
    }
  }

  /** Frees what was picked and not assembled. */
  dispose(): void {
    for (const sample of this.#picked) this.#batches.dispose(sample);
    this.#picked.clear();
  }

  async #decode(
    latent: Latent<Batch>,
    requests: readonly ProposalRequest[],
  ): Promise<ProposedBlock<Batch>[]> {
    const ofRequests = requests.map(({ stream, first, count }) =>
      joined(Array.from({ length: count }, (_, i) => latent.draw(1, proposalStream(stream, first + i)))),
    );
    const latents = joined(ofRequests);
    const total = latents.length / latent.size;
    const logWeights = new Float64Array(total);
    /** The batches in order, each with the number of its first row; empty if only latents are kept. */
    const kept: BatchRows<Batch>[] = [];
    try {
      for (let begin = 0; begin < total; begin += this.#batchSize) {
        this.#signal?.throwIfAborted();
        const end = Math.min(begin + this.#batchSize, total);
        const batch = await latent.decode(latents.subarray(begin * latent.size, end * latent.size));
        const held = { batch, holders: 1 };
        kept.push({ held, begin, count: end - begin });
        logWeights.set(await this.#score(batch, end - begin), begin);
        if (this.#keep === "latents") this.#letGo(kept.pop()!.held);
      }
      let begin = 0;
      return requests.map(({ count }, i) => {
        const end = begin + count;
        const block = {
          logWeights: logWeights.slice(begin, end),
          latents: ofRequests[i]!,
          ...(this.#keep === "samples" && { samples: holdRows(kept, begin, end) }),
        };
        begin = end;
        return block;
      });
    } finally {
      for (const { held } of kept) this.#letGo(held);
    }
  }

  async #generate(requests: readonly ProposalRequest[]): Promise<ProposedBlock<Batch>[]> {
    const blocks: ProposedBlock<Batch>[] = [];
    let batch: Batch | undefined;
    try {
      for (const { stream, first, count } of requests) {
        this.#signal?.throwIfAborted();
        batch = await this.#gan.generate(count, proposalStream(stream, first));
        const logWeights = await this.#score(batch, count);
        blocks.push({ logWeights, samples: [{ held: { batch, holders: 1 }, begin: 0, count }] });
        batch = undefined;
      }
      return blocks;
    } catch (error) {
      if (batch !== undefined) this.#batches.dispose(batch);
      for (const block of blocks) this.release(block);
      throw error;
    }
  }

  #letGo(held: HeldBatch<Batch>): void {
    held.holders -= 1;
    if (held.holders === 0) this.#batches.dispose(held.batch);
  }

  async #score(batch: Batch, count: number): Promise<Float64Array> {
    const scores = await this.#gan.score(batch);
    if (scores.length !== count) {
      throw new RangeError(`sample: score must give ${count} scores, got ${scores.length}`);
    }
    return this.#logWeights(scores);
  }
}

const proposalStream = (stream: RandomStream, k: number): RandomStream => stream.split(k).split(0);

/** Rows `begin` to `end` of batches that follow one another, each held once more. */
function holdRows<Batch>(
  batches: readonly BatchRows<Batch>[],
  begin: number,
  end: number,
): BatchRows<Batch>[] {
  return batches.flatMap(({ held, begin: first, count }) => {
    const from = Math.max(begin, first);
    const to = Math.min(end, first + count);
    if (from >= to) return [];
    held.holders += 1;
    return [{ held, begin: from - first, count: to - from }];
  });
}

const latentOf = (draw: Drawn<unknown>): Float32Array => (draw as { latent: Float32Array }).latent;

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let begin = 0;
  for (const row of rows) {
    all.set(row, begin);
    begin += row.length;
  }
  return all;
}
