import type { Calibrator } from "@mhgan/calibration";
import { integer, type RandomStream, randomStream, type Selection, type Selector } from "@mhgan/mcmc";
import { type BatchOperations, batchOperations } from "./batch.ts";
import type { CalibrationReport } from "./calibration-report.ts";
import type { Gan } from "./gan.ts";
import { makePause } from "./pause.ts";

/** How far sampling is. */
export interface GanSampleProgress {
  readonly draws: number;
  readonly totalDraws: number;
  /** Samples generated so far. */
  readonly proposals: number;
}

/** Options of {@link CalibratedGan.sample}. */
export interface GanSampleOptions {
  /** How many samples to give. */
  readonly draws: number;
  /** Which proposals become draws, for example `metropolisHastings({ chainLength: 640 })`. */
  readonly sampler: Selector;
  readonly seed: number | string | RandomStream;
  /** About how many samples are generated and scored in one call where the GAN has latents. Default 4096. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GanSampleProgress) => void;
}

/** The record of a run. */
export interface GanSampleInfo {
  readonly sampler: string;
  readonly proposalsPerDraw: number;
  /** Mean over the chains of accepted proposals over K. NaN without draws. */
  readonly acceptanceRate: number;
  readonly acceptCounts: Uint32Array;
  /** Chains that never left the real sample they started from. */
  readonly capOuts: number;
  /** Samples generated in all. */
  readonly proposals: number;
  /** log p(x)/q(x) of each draw. */
  readonly logWeights: Float64Array;
}

/** A GAN whose scores have become log weights. Made by `calibrateGan`. */
export class CalibratedGan<Batch> {
  readonly gan: Gan<Batch>;
  readonly calibrator: Calibrator;
  /** What calibration did, measured on scores it was not fitted on. */
  readonly report: CalibrationReport;
  readonly #real: Batch;
  readonly #realLogWeights: Float64Array;
  readonly #logPrior: number;
  readonly #batches: BatchOperations<Batch>;

  /** @internal */
  constructor(
    gan: Gan<Batch>,
    parts: {
      readonly real: Batch;
      readonly realScores: Float64Array;
      readonly calibrator: Calibrator;
      readonly logPrior: number;
      readonly report: CalibrationReport;
    },
  ) {
    this.gan = gan;
    this.calibrator = parts.calibrator;
    this.report = parts.report;
    this.#real = parts.real;
    this.#logPrior = parts.logPrior;
    this.#realLogWeights = this.logWeights(parts.realScores);
    this.#batches = batchOperations(gan);
  }

  /** log p(x)/q(x) from raw scores: calibrated log odds, shifted if the classes differed in number. */
  logWeights(scores: ArrayLike<number>): Float64Array {
    const logWeights = this.calibrator.logOdds(scores);
    for (let i = 0; i < logWeights.length; i++) logWeights[i] = logWeights[i]! + this.#logPrior;
    return logWeights;
  }

  /**
   * Draws better samples than the generator's own: each is the end of its own chain, which starts at a random
   * held-out real sample and sees `sampler.proposalsPerDraw` generated ones.
   *
   * Draw i works from `stream.split(i)` alone, so it does not depend on the batch size or on how many draws there are
   * (as far as the model gives a row the same score whatever the other rows are).
   *
   * @throws {RangeError} if an option is off or a score is NaN.
   * @throws the signal's reason once `signal` is aborted.
   */
  async sample(options: GanSampleOptions): Promise<{ samples: Batch; info: GanSampleInfo }> {
    const { draws, sampler, seed, batchSize = 4096, signal, onProgress } = options;
    if (!(Number.isSafeInteger(draws) && draws >= 1)) {
      throw new RangeError(`sample: draws must be an integer from 1, got ${draws}`);
    }
    if (!(Number.isSafeInteger(batchSize) && batchSize >= 1)) {
      throw new RangeError(`sample: batchSize must be an integer from 1, got ${batchSize}`);
    }
    const root = typeof seed === "function" ? seed : randomStream(seed);
    const run = new Run(this, sampler, draws, signal);
    const group = this.gan.latent ? Math.max(1, Math.floor(batchSize / sampler.proposalsPerDraw)) : 1;
    const parts: Batch[] = [];
    const pause = makePause();
    try {
      for (let first = 0; first < draws; first += group) {
        const count = Math.min(group, draws - first);
        const chains = Array.from({ length: count }, (_, i) => root.split(first + i));
        parts.push(await this.#drawGroup(run, chains, first));
        onProgress?.({ draws: first + count, totalDraws: draws, proposals: run.proposals });
        await pause();
      }
      signal?.throwIfAborted();
    } catch (error) {
      for (const part of parts) this.#batches.dispose(part);
      throw error;
    }
    const samples = await this.#batches.concat(parts);
    for (const part of parts) this.#batches.dispose(part);
    return { samples, info: run.info() };
  }

  /** The draws of some chains, in order. */
  async #drawGroup(run: Run<Batch>, chains: readonly RandomStream[], first: number): Promise<Batch> {
    const { sampler } = run;
    const length = sampler.proposalsPerDraw;
    const proposed = await run.propose(
      chains.map((chain) => chain.split("proposals")),
      length,
    );
    const rows = new Uint32Array(chains.length);
    /** Chains whose draw is not among the proposals, with the batch of one sample that is it. */
    const replaced: Batch[] = [];
    for (let i = 0; i < chains.length; i++) {
      const chain = chains[i]!;
      const start = integer(chain.split("start"), this.#realLogWeights.length);
      const random = chain.split("accept");
      const logWeights = proposed.logWeights.subarray(i * length, (i + 1) * length);
      const selection = sampler.select(logWeights, {
        initialLogWeight: this.#realLogWeights[start]!,
        random,
      });
      if (selection.picked >= 0) {
        rows[i] = i * length + selection.picked;
        run.record(first + i, selection, logWeights[selection.picked]!);
      } else if (sampler.restart === "never") {
        rows[i] = chains.length * length + replaced.length;
        replaced.push(await this.#batches.take(this.#real, [start]));
        run.record(first + i, selection, this.#realLogWeights[start]!);
      } else {
        rows[i] = chains.length * length + replaced.length;
        // The first is the new start, then come K steps.
        const fresh = await run.propose([chain.split("fresh proposals")], length + 1);
        const { picked } = sampler.select(fresh.logWeights, { initialLogWeight: -Infinity, random });
        replaced.push(await this.#batches.take(fresh.batch, [picked]));
        this.#batches.dispose(fresh.batch);
        run.record(first + i, selection, fresh.logWeights[picked]!);
      }
    }
    const all =
      replaced.length === 0 ? proposed.batch : await this.#batches.concat([proposed.batch, ...replaced]);
    const drawn = await this.#batches.take(all, rows);
    this.#batches.dispose(proposed.batch);
    if (replaced.length > 0) this.#batches.dispose(all);
    for (const batch of replaced) this.#batches.dispose(batch);
    return drawn;
  }
}

/** What one call of `sample` keeps count of. */
class Run<Batch> {
  readonly sampler: Selector;
  proposals = 0;
  readonly #owner: CalibratedGan<Batch>;
  readonly #signal: AbortSignal | undefined;
  readonly #acceptCounts: Uint32Array;
  readonly #logWeights: Float64Array;
  #capOuts = 0;
  #acceptanceRates = 0;

  constructor(
    owner: CalibratedGan<Batch>,
    sampler: Selector,
    draws: number,
    signal: AbortSignal | undefined,
  ) {
    this.#owner = owner;
    this.sampler = sampler;
    this.#signal = signal;
    this.#acceptCounts = new Uint32Array(draws);
    this.#logWeights = new Float64Array(draws);
  }

  /** Some proposals from each stream, in one batch, with their log weights. */
  async propose(
    streams: readonly RandomStream[],
    count: number,
  ): Promise<{ batch: Batch; logWeights: Float64Array }> {
    this.#signal?.throwIfAborted();
    const { gan } = this.#owner;
    const batch =
      gan.latent === undefined
        ? await gan.generate(count, streams[0]!)
        : await gan.latent.decode(drawLatents(gan.latent, count, streams));
    const scores = await gan.score(batch);
    if (scores.length !== count * streams.length) {
      throw new RangeError(`sample: score must give ${count * streams.length} scores, got ${scores.length}`);
    }
    this.proposals += scores.length;
    return { batch, logWeights: this.#owner.logWeights(scores) };
  }

  record(draw: number, selection: Selection, logWeight: number): void {
    this.#acceptCounts[draw] = selection.acceptCount;
    this.#acceptanceRates += selection.acceptanceRate;
    this.#logWeights[draw] = logWeight;
    if (selection.capOut) this.#capOuts++;
  }

  info(): GanSampleInfo {
    return {
      sampler: this.sampler.name,
      proposalsPerDraw: this.sampler.proposalsPerDraw,
      acceptanceRate: this.#acceptanceRates / this.#acceptCounts.length,
      acceptCounts: this.#acceptCounts,
      capOuts: this.#capOuts,
      proposals: this.proposals,
      logWeights: this.#logWeights,
    };
  }
}

function drawLatents<Batch>(
  latent: NonNullable<Gan<Batch>["latent"]>,
  count: number,
  streams: readonly RandomStream[],
): Float32Array {
  const latents = new Float32Array(streams.length * count * latent.size);
  streams.forEach((stream, i) => {
    latents.set(latent.draw(count, stream), i * count * latent.size);
  });
  return latents;
}
