import { type ScoreKind, standardCalibrators } from "@mhgan/calibration";
import { type CalibratedScores, type CalibratorName, calibrateScores } from "@mhgan/gan-core";
import { integer, type RandomStream, randomStream } from "@mhgan/mcmc";
import { kishEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
import type { RecommendTarget } from "@mhgan/mcmc/predictions";
import { explainScores, predictionFrom, recommendFrom, type ScoreExplanation } from "../explain-scores.ts";
import { explanationTable } from "../explain-table.ts";
import { type Io, UsageError } from "../io.ts";
import {
  type MethodName,
  type MethodOptions,
  predictionOf,
  requireMethodOptions,
  type SamplerChoice,
  samplerChoice,
  samplerChoiceOf,
  samplerText,
  selectorOf,
} from "../methods.ts";
import { type Picks, pickProposals } from "../pick-proposals.ts";
import { openPicksFile, type PickedRows, writePicks } from "../picks-file.ts";
import { type ReadScoresOptions, readScores, type ScoreFile, scoreFormatOf } from "../score-files.ts";
import { orderWarnings } from "../score-order.ts";
import { normalisedWeights, type SelectionWeights, selectionWeights } from "../selection-weights.ts";
import { versions } from "../versions.ts";
import { prose } from "../wrapped.ts";
import { writeWarnings } from "../write-warnings.ts";

/** Options of `mhgan select`. */
export interface SelectOptions extends MethodOptions, ReadScoresOptions {
  /** The file with the scores of the generated samples to pick from, or `-`. */
  readonly fake: string;
  /** The file with the scores of held-out real samples, or `-`. */
  readonly real: string;
  /** As `column`, for the real scores. Default: `column`. */
  readonly realColumn?: string;
  /** What the scores say. */
  readonly output: ScoreKind;
  /** How scores become probabilities. */
  readonly calibrator: CalibratorName;
  /** How to pick, such as `"mh"` for Metropolis-Hastings. */
  readonly method: MethodName;
  /** Default: as many as the proposals are enough for. */
  readonly draws?: number;
  /** The power that weights are raised to. */
  readonly temper: number;
  /** Whether a proposal may serve several draws: then each is taken at random from all of them. */
  readonly reuse: boolean;
  /** Whether proposals are taken in random order, for those that were not made so. */
  readonly shuffle: boolean;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Whether to say how good the scores are, and what each sampler would make of them. */
  readonly explain: boolean;
  /** Default: CSV to standard output. */
  readonly out?: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Picks among generated samples by their scores alone. */
export async function runSelect(options: SelectOptions, io: Io): Promise<void> {
  requireUsage(options);
  const file = options.out === undefined ? undefined : await openPicksFile(options.out);
  const fake = await readScores(options.fake, options, io);
  const real = await readScores(
    options.real,
    { ...options, column: options.realColumn ?? options.column },
    io,
  );
  for (const file of [fake, real]) requireCalibratable(file, options.output);
  const root = randomStream(options.seed);
  const calibrated = calibrate(real.scores, fake.scores, options, root);
  io.signal.throwIfAborted();

  const places = options.shuffle ? shuffledPlaces(fake.scores.length, root.split("shuffle")) : undefined;
  const proposals = places === undefined ? fake.scores : takeScores(fake.scores, places);
  const weights = selectionWeights(calibrated, proposals, options.temper);
  const target = targetOf(options, weights);
  const fixed = fixedSampler(options, weights);
  const explanation = options.explain ? explainScores(calibrated.report, weights, target, fixed) : undefined;
  const choice = options.method === "auto" ? recommendedSampler(explanation, weights, target) : fixed;

  // Before the picks, which may turn out impossible: this is what then says why.
  if (explanation !== undefined && !options.json) {
    // Standard output is for the picks, where there is no file for them.
    const out = file === undefined ? io.stderr : io.stdout;
    out.write(prose(out, `${explanationTable(explanation)}\n`));
  }
  const warnings = [
    ...constantWarnings(fake.scores, real.scores),
    ...(options.reuse || options.shuffle || choice === undefined ? [] : orderWarnings(fake.scores)),
    ...(explanation ?? calibrated.report).warnings,
  ];
  writeWarnings(io, warnings);

  const { rows, record, summary } =
    choice === undefined
      ? weigh(weights)
      : await pick(choice, weights, places, options, root.split("selection"), io);
  await file?.write(rows);
  if (file === undefined && !options.json) writePicks(io.stdout, rows);
  const { fittedOn, evaluatedOn } = calibrated.report;
  io.stderr.write(
    prose(
      io.stderr,
      `${summary}\n${options.calibrator} calibration on ${count(fittedOn.real + evaluatedOn.real)} real and ${count(fittedOn.fake + evaluatedOn.fake)} fake scores; seed ${options.seed}${options.out === undefined ? "" : `; ${options.out}`}\n`,
    ),
  );
  if (options.json) {
    const result = {
      command: "select",
      versions: versions(),
      seed: options.seed,
      fake: { source: fake.source, count: fake.scores.length },
      real: { source: real.source, count: real.scores.length },
      output: options.output,
      calibrator: options.calibrator,
      temper: options.temper,
      reuse: options.reuse,
      shuffle: options.shuffle,
      ...record,
      calibration: calibrated.report,
      ...(explanation && { explanation: withoutRepeats(explanation) }),
      warnings,
      ...(options.out === undefined ? asNumbers(rows) : { out: options.out }),
    };
    io.stdout.write(`${JSON.stringify(result)}\n`);
  }
}

/** What can be known to be wrong before anything is read. */
function requireUsage(options: SelectOptions): void {
  const { method, draws, reuse, calibrator, output, totalVariation, proposalsPerDraw } = options;
  requireMethodOptions(method, options);
  if (options.fake === "-" && options.real === "-") {
    throw new UsageError("only one of --fake and --real can be read from standard input");
  }
  const formats = [options.fake, options.real].map((path) => scoreFormatOf(path, options.format));
  if ((options.column ?? options.realColumn) !== undefined && formats.every((format) => format === "npy")) {
    throw new UsageError("--column and --real-column are not for NPY files, which hold the scores alone");
  }
  if (options.header !== undefined && !formats.includes("csv")) {
    throw new UsageError("--header and --no-header are for CSV files");
  }
  const calibrators = Object.keys(standardCalibrators({ input: output }));
  if (!calibrators.includes(calibrator)) {
    throw new UsageError(
      `--calibrator ${calibrator} is not for scores that are ${output}: one of ${calibrators.join(", ")} is`,
    );
  }
  if (totalVariation !== undefined && proposalsPerDraw !== undefined) {
    throw new UsageError("only one of --total-variation and --proposals-per-draw can be reached at a time");
  }
  if (method === "weights") {
    if (draws !== undefined || reuse || options.shuffle) {
      throw new UsageError(
        "--draws, --reuse and --shuffle are not for --method weights, which gives all proposals; --method sir draws by weight",
      );
    }
  } else if (reuse && draws === undefined) {
    throw new UsageError("--reuse needs --draws: there is no end to the draws otherwise");
  } else if (reuse && options.shuffle) {
    throw new UsageError("--shuffle is not for --reuse, which takes proposals at random anyhow");
  }
}

/** @throws {Error} if there are too few scores, or they are not what they are said to be. */
function requireCalibratable({ source, scores }: ScoreFile, output: ScoreKind): void {
  if (scores.length < 4) {
    throw new Error(`${source} holds ${scores.length} scores, but at least 4 are needed to calibrate`);
  }
  if (output !== "probability") return;
  const bad = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (bad === -1) return;
  throw new Error(
    `${source} must hold probabilities from 0 to 1, got ${scores[bad]} at index ${bad}: if they are log odds say --output logit, if anything else --output unbounded`,
  );
}

/**
 * The fake scores that calibration uses at most, for each real one. For two normals a distance of 1 apart and 10,000 real scores, isotonic weights
 * are .049, .035 and .032 of total variation from the truth with 1, 10 and 50 of them, and exact draws cost 17, 31 and 51 proposals.
 */
const FAKE_PER_REAL = 10;

function calibrate(
  real: Float64Array,
  fake: Float64Array,
  { output, calibrator }: SelectOptions,
  root: RandomStream,
): CalibratedScores {
  const most = Math.max(4, FAKE_PER_REAL * real.length);
  const used =
    fake.length <= most
      ? fake
      : takeScores(fake, shuffledPlaces(fake.length, root.split("fake scores of calibration"), most));
  try {
    return calibrateScores(real, used, { output, calibrator, seed: root.split("calibration") });
  } catch (error) {
    throw new Error((error as Error).message.replace(/^calibrateScores: /, ""), { cause: error });
  }
}

/** The first so many places of `length` in random order. */
function shuffledPlaces(length: number, random: RandomStream, most: number = length): Int32Array {
  const places = Int32Array.from({ length }, (_, place) => place);
  const taken = Math.min(most, length);
  for (let place = 0; place < taken; place++) {
    const other = place + integer(random, length - place);
    [places[place], places[other]] = [places[other]!, places[place]!];
  }
  return places.slice(0, taken);
}

const takeScores = (scores: Float64Array, places: Int32Array): Float64Array =>
  Float64Array.from(places, (place) => scores[place]!);

/** The total variation that is asked for where nothing else is. */
const TOTAL_VARIATION = 0.01;

/** What the recommended sampler is to reach: what was asked for, or else the best that the proposals can pay. */
function targetOf(
  { totalVariation, proposalsPerDraw, draws, reuse }: SelectOptions,
  { logWeights }: SelectionWeights,
): RecommendTarget {
  if (totalVariation !== undefined) return { totalVariation };
  if (proposalsPerDraw !== undefined) return { proposalsPerDraw };
  if (draws === undefined || reuse) return { totalVariation: TOTAL_VARIATION };
  // What draws cost is random: four standard deviations are kept back.
  return { proposalsPerDraw: Math.max(1, logWeights.length / (draws + 4 * Math.sqrt(draws))) };
}

/** The sampler that was asked for; none where it is to be recommended, or all proposals are to be weighed. */
function fixedSampler(
  options: SelectOptions,
  { logWeightBound }: SelectionWeights,
): SamplerChoice | undefined {
  const { method } = options;
  if (method === "weights" || method === "auto") return undefined;
  if ((method === "rejection" || method === "perfect") && logWeightBound === Infinity) {
    throw new UsageError(
      `--method ${method} needs a bound of the weights, and --calibrator ${options.calibrator} has none: take isotonic`,
    );
  }
  return samplerChoice(method, options);
}

function recommendedSampler(
  explanation: ScoreExplanation | undefined,
  weights: SelectionWeights,
  target: RecommendTarget,
): SamplerChoice {
  if (explanation === undefined) return samplerChoiceOf(recommendFrom(weights, target));
  const { totalVariation: _distance, proposalsPerDraw: _cost, ...choice } = explanation.recommended;
  return choice;
}

/** What a selection leaves behind. */
interface Selected {
  readonly rows: PickedRows;
  /** For the result in JSON. */
  readonly record: object;
  /** For people, in a line. */
  readonly summary: string;
}

async function pick(
  choice: SamplerChoice,
  weights: SelectionWeights,
  places: Int32Array | undefined,
  { draws, reuse }: SelectOptions,
  stream: RandomStream,
  { signal }: Io,
): Promise<Selected> {
  const picks = await pickProposals(weights, { selector: selectorOf(choice), draws, reuse, stream, signal });
  const sampler = samplerText(choice);
  const total = weights.logWeights.length;
  const { totalVariation, proposalsPerDraw } = predictionOf(
    choice,
    predictionFrom(weights),
    weights.logWeightBound,
  );
  requireEnough(picks, draws, total, `${sampler}, which takes about ${proposalsPerDraw.toFixed(1)} a draw`);
  const picked = places === undefined ? picks.picked : picks.picked.map((place) => places[place]!);
  const distinct = new Set(picked).size;
  const made = picked.length;
  const repeats = distinct < made ? `, ${count(distinct)} of them different,` : "";
  return {
    rows: { picked },
    record: {
      ...choice,
      draws: made,
      distinct,
      proposals: picks.proposals,
      acceptanceRate: Number.isNaN(picks.acceptanceRate) ? null : picks.acceptanceRate,
      capOuts: picks.capOuts,
      predicted: { totalVariation, proposalsPerDraw },
    },
    summary: `${count(made)} draws${repeats} by ${sampler} from ${count(total)} fake scores (${count(picks.proposals)} used${reuse ? ", with repeats" : ""}), ${count(picks.capOuts)} cap-outs; total variation predicted from the law of the weights: ${totalVariation.toFixed(4)}`,
  };
}

/** @throws {Error} if there are fewer draws than were wanted, or none. */
function requireEnough({ picked }: Picks, draws: number | undefined, total: number, sampler: string): void {
  if (picked.length >= (draws ?? 1)) return;
  const possible =
    picked.length === 0
      ? "not even one draw was possible"
      : `only ${count(picked.length)} of ${count(draws!)} draws were possible`;
  const fewer = picked.length === 0 ? "" : `fewer draws (--draws ${picked.length}), `;
  throw new Error(
    `${possible} from ${count(total)} fake scores by ${sampler}. What helps: ${fewer}more fake scores, a cheaper sampler (a shorter --chain-length, a larger --budget, --method auto), or --reuse, by which a proposal may serve several draws`,
  );
}

function weigh({ logWeights }: SelectionWeights): Selected {
  const weights = normalisedWeights(logWeights);
  const { ess } = kishEffectiveSampleSize(logWeights);
  return {
    rows: { weights },
    record: { method: "weights", proposals: logWeights.length, effectiveSampleSize: ess },
    summary: `weights of ${count(logWeights.length)} fake scores, worth ${count(Math.round(ess))} samples of the data`,
  };
}

/** Scores that cannot tell one sample from another are no error, but surely not meant. */
function constantWarnings(fake: Float64Array, real: Float64Array): string[] {
  const isConstant = (scores: Float64Array): boolean => scores.every((score) => score === scores[0]);
  if (!isConstant(fake)) return [];
  return isConstant(real) && real[0] === fake[0]
    ? [`all scores are ${fake[0]}: nothing is selected, draws are plain samples of the generator`]
    : [`all fake scores are ${fake[0]}: nothing is selected, draws are plain samples of the generator`];
}

/** An explanation less what the result says in any case. */
function withoutRepeats(explanation: ScoreExplanation): object {
  const { calibration: _calibration, warnings: _warnings, ...rest } = explanation;
  return rest;
}

function asNumbers(rows: PickedRows): { readonly picked: number[] } | { readonly weights: number[] } {
  return "picked" in rows ? { picked: Array.from(rows.picked) } : { weights: Array.from(rows.weights) };
}

const count = (number: number): string => number.toLocaleString("en");
