import { type RandomStream, shuffle } from "@mhgan/mcmc";
import {
  type Features,
  frechetDistance,
  maximumMeanDiscrepancy,
  pairedTTest,
  precisionRecallDensityCoverage,
} from "@mhgan/metrics";

/** Options of {@link evaluateSamples}. */
export interface EvaluateSamplesOptions {
  /** What a judge sees in real images that no model was trained, stopped, calibrated or chosen by. Half of them are the reference. */
  readonly real: Features;
  /**
   * What it sees in sets of samples, each with a name. Rows of a set are independent, as draws of chains of their own are. Sets are compared with
   * the first, the plain samples of the generator for example.
   */
  readonly sets: Readonly<Record<string, Features>>;
  /** Deals the real images in two. */
  readonly random: RandomStream;
  /** Rows compared, of each set and of the reference. Default: all of the smallest, at most half of `real`. */
  readonly rows?: number;
  /** Neighbours that make the ball of a row. Default 5. */
  readonly neighbours?: number;
  /** Groups that are left out in turn, to know how sure figures are. Default 10. */
  readonly groups?: number;
  /** Stops the work between two measurements: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each measurement, with how many there are in all. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** The measures, in the order of tables. */
export const qualityNames = [
  "frechetDistance",
  "kernelDistance",
  "precision",
  "recall",
  "density",
  "coverage",
] as const;

/** One of {@link qualityNames}. */
export type QualityName = (typeof qualityNames)[number];

/** A figure and its interval of 95 %. */
export interface QualityFigure {
  /** The figure, from all rows. */
  readonly estimate: number;
  /** Its standard error, by the jackknife. */
  readonly standardError: number;
  /** The lower end of the interval. */
  readonly lower: number;
  /** The upper end of the interval. */
  readonly upper: number;
}

/** All measures of one set. */
export interface SetQuality {
  /** The name that the set was given. */
  readonly name: string;
  /** Every measure of the set. */
  readonly quality: Readonly<Record<QualityName, QualityFigure>>;
  /** How much each measure is above that of the first set. Left out of the first set and of the real images. */
  readonly difference?: Readonly<Record<QualityName, QualityFigure>>;
}

/** What {@link evaluateSamples} finds. */
export interface SampleEvaluation {
  /** Rows compared, of each set and of the reference. */
  readonly rows: number;
  /** Neighbours that made the ball of a row. */
  readonly neighbours: number;
  /** Groups that were left out in turn. */
  readonly groups: number;
  /** The other half of the real images: what samples that leave nothing to be desired would get. */
  readonly floor: SetQuality;
  /** One for each set, in the order they were given in. */
  readonly sets: readonly SetQuality[];
}

/**
 * Says how good sets of samples are, by what a judge sees in them: Fréchet distance and kernel distance (those called FID and KID in the features of
 * the Inception network), precision, recall, density and coverage.
 *
 * Every set is held against the same real images, as many as it has rows, because most measures depend on the number of rows; so is the other
 * half of the real images. Intervals are those of the jackknife: rows of the set and of the reference are dealt into groups, each pair of groups
 * is left out in turn, and the spread of the figures gives their standard error; a quantile of Student's t makes it an interval. The bootstrap would
 * not do, as rows drawn twice are each other's nearest neighbours. The kernel distance is the mean over pairs of groups, and its error that of this mean.
 * What intervals cannot see: another training of the GAN, of its critics or of the judge.
 *
 * @returns Figures of all sets; differences from the first are paired by groups, so they are surer than the figures themselves. O(sets · groups · rows²).
 * @throws {RangeError} if there is no set, or an option is off or leaves too few rows.
 * @throws the signal's reason once `signal` is aborted.
 * @see Efron and Stein, "The jackknife estimate of variance", Annals of Statistics 9 (1981); Bińkowski et al., ICLR 2018, for the kernel
 * distance; Naeem et al., ICML 2020, for density and coverage.
 */
export async function evaluateSamples(options: EvaluateSamplesOptions): Promise<SampleEvaluation> {
  const { real, sets, random, neighbours = 5, groups = 10, signal, onProgress } = options;
  const names = Object.keys(sets);
  if (names.length === 0) throw new RangeError("evaluateSamples: sets must hold at least one set, got none");
  if (!(Number.isSafeInteger(groups) && groups >= 2)) {
    throw new RangeError(`evaluateSamples: groups must be an integer from 2, got ${groups}`);
  }
  const most = Math.min(Math.floor(rowsOf(real) / 2), ...Object.values(sets).map(rowsOf));
  const { rows = most } = options;
  const least = groups * Math.max(2, Math.ceil((neighbours + 2) / (groups - 1)));
  if (most < least) {
    const counts = Object.entries(sets).map(([name, set]) => `${rowsOf(set)} of ${name}`);
    throw new RangeError(
      `evaluateSamples: at least ${least} samples of each set and ${2 * least} real ones are needed, got ${[...counts, `${rowsOf(real)} real`].join(", ")}`,
    );
  }
  if (!(Number.isSafeInteger(rows) && rows >= least && rows <= most)) {
    throw new RangeError(
      `evaluateSamples: rows must be an integer from ${least} (${groups} groups) to ${most} (half of the real images, all of the smallest set), got ${rows}`,
    );
  }
  const order = shuffle(
    random,
    Uint32Array.from({ length: rowsOf(real) }, (_, row) => row),
  );
  const reference = groupsOf(real, order.slice(0, rows), groups);
  const total = (names.length + 1) * (groups + 1);
  let done = 0;
  const measure = (features: Features, chosen: ArrayLike<number>): Promise<Measured> =>
    measured(reference, groupsOf(features, chosen, groups), neighbours, async () => {
      onProgress?.({ done: done++, total });
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
    });

  const floor = await measure(real, order.slice(rows, 2 * rows));
  const all: Measured[] = [];
  for (const name of names) {
    all.push(
      await measure(
        sets[name]!,
        Uint32Array.from({ length: rows }, (_, row) => row),
      ),
    );
  }
  onProgress?.({ done: total, total });
  return {
    rows,
    neighbours,
    groups,
    floor: { name: "real", quality: figuresOf(floor) },
    sets: all.map((one, i) => ({
      name: names[i]!,
      quality: figuresOf(one),
      ...(i > 0 && { difference: figuresOf(one, all[0]!) }),
    })),
  };
}

const rowsOf = ({ shape }: Features): number => shape[0]!;

/** Rows in groups of nearly equal size, one after the other. */
type Groups = readonly Features[];

/** A measure of all rows, and for each group a value whose mean estimates it and whose spread says how surely. */
interface Measured {
  readonly estimates: Readonly<Record<QualityName, number>>;
  readonly values: Readonly<Record<QualityName, Float64Array>>;
}

function groupsOf({ data, shape }: Features, chosen: ArrayLike<number>, groups: number): Groups {
  const columns = shape[1]!;
  return Array.from({ length: groups }, (_, group) => {
    const first = Math.floor((group * chosen.length) / groups);
    const last = Math.floor(((group + 1) * chosen.length) / groups);
    const part = new Float64Array((last - first) * columns);
    for (let i = first; i < last; i++) {
      for (let k = 0; k < columns; k++) part[(i - first) * columns + k] = data[chosen[i]! * columns + k]!;
    }
    return { data: part, shape: [last - first, columns] };
  });
}

/** All groups but one, joined. */
function joined(groups: Groups, without?: number): Features {
  const kept = groups.filter((_, group) => group !== without);
  const columns = kept[0]!.shape[1]!;
  const rows = kept.reduce((sum, part) => sum + rowsOf(part), 0);
  const data = new Float64Array(rows * columns);
  let offset = 0;
  for (const part of kept) {
    data.set(part.data, offset);
    offset += part.data.length;
  }
  return { data, shape: [rows, columns] };
}

async function measured(
  reference: Groups,
  set: Groups,
  neighbours: number,
  pause: () => Promise<void>,
): Promise<Measured> {
  const at = async (without?: number) => {
    await pause();
    const [real, fake] = [joined(reference, without), joined(set, without)];
    return {
      frechetDistance: frechetDistance(real, fake),
      ...precisionRecallDensityCoverage(real, fake, { neighbours }),
    };
  };
  const whole = await at();
  const left: (typeof whole)[] = [];
  for (let group = 0; group < set.length; group++) left.push(await at(group));
  const count = set.length;
  const kernelDistances = Float64Array.from(set, (part, group) =>
    maximumMeanDiscrepancy(reference[group]!, part),
  );
  const estimates = { ...whole, kernelDistance: kernelDistances.reduce((sum, x) => sum + x, 0) / count };
  const values = Object.fromEntries(
    qualityNames.map((name) => [
      name,
      name === "kernelDistance"
        ? kernelDistances
        : // Tukey's pseudo-values: as if the groups had been measured one by one.
          Float64Array.from(left, (one) => count * whole[name] - (count - 1) * one[name]),
    ]),
  ) as Record<QualityName, Float64Array>;
  return { estimates, values };
}

/** Figures of a set, or of how much it is above another. */
function figuresOf(set: Measured, other?: Measured): Record<QualityName, QualityFigure> {
  return Object.fromEntries(
    qualityNames.map((name) => {
      const estimate = set.estimates[name] - (other?.estimates[name] ?? 0);
      const values = set.values[name];
      return [name, figure(estimate, values, other?.values[name] ?? new Float64Array(values.length))];
    }),
  ) as Record<QualityName, QualityFigure>;
}

function figure(estimate: number, values: Float64Array, others: Float64Array): QualityFigure {
  const first = values[0]! - others[0]!;
  // A test of differences that are all the same, such as those of no coverage at all, would have nothing to go by.
  if (values.every((value, i) => value - others[i]! === first)) {
    return { estimate, standardError: 0, lower: estimate, upper: estimate };
  }
  const { standardError, lower, upper } = pairedTTest(values, others);
  const margin = (upper - lower) / 2;
  return { estimate, standardError, lower: estimate - margin, upper: estimate + margin };
}
