import type { Cell, StudyTable } from "../study.ts";
import { CHAIN_LENGTH } from "./cost-entrants.ts";
import type { CriticName } from "./critics.ts";
import { GRADIENT_COST } from "./entrants.ts";
import { DRAWS } from "./measure.ts";

/** One sampler on the weights of one critic of one GAN. */
export interface CostFigures {
  readonly family: string;
  readonly name: string;
  /** Proposals that were looked at for a draw; of latent samplers, evaluations, one with a gradient for three. */
  readonly cost: number;
  /** Proposals made for a draw, in blocks. */
  readonly calls: number;
  readonly capOuts?: number;
  /** Foretold. */
  readonly totalVariation?: number;
  readonly highQualityShare: number;
  readonly withinModeSd: number;
  readonly jensenShannon: number;
  /** From the number of draws. */
  readonly jensenShannonError: number;
}

/** All samplers on the weights of one critic of one GAN. */
export interface CriticRun {
  readonly seed: number;
  readonly critic: CriticName;
  /** w*: the largest weight that the calibrator can give, over the mean. */
  readonly maximumWeight: number;
  readonly acceptanceRate: number;
  /** Whether the backward chains picked what the forward ones did. */
  readonly same: boolean;
  readonly recommendations: readonly { readonly wanted: number; readonly choice: string }[];
  readonly figures: readonly CostFigures[];
}

/** Up to this w* a fifth of the chain is promised. */
const PROMISED_WEIGHT = 100;
const PROMISED_SHARE = 1 / 5;

type Titles = Readonly<Partial<Record<CriticName, string>>>;

/** What all are held against. */
export const FORWARD: string = `MH, forward, K = ${CHAIN_LENGTH}`;
const BACKWARD = `MH, backward, K = ${CHAIN_LENGTH}`;

/** What the chain of the paper costs where it is found backward. */
export function chainsTable(runs: readonly CriticRun[], titles: Titles): StudyTable {
  return {
    title: `Chains of ${CHAIN_LENGTH}, found backward`,
    note: `w*: the largest weight that the calibrator can give, over the mean weight. Backward chains look at proposals from the last step on; calls are those made, in blocks. Target: at most ${100 * PROMISED_SHARE} % of the ${CHAIN_LENGTH}, in calls too, where w* ≤ ${PROMISED_WEIGHT}. Same draws: all ${DRAWS.toLocaleString("en")} picks are those of the forward chains.`,
    columns: [
      { name: "w*", digits: 1 },
      { name: "proposals a draw", digits: 1 },
      { name: "of 640, %", digits: 1 },
      { name: "calls a draw", digits: 1 },
      { name: "calls of 640, %", digits: 1 },
      { name: "same draws", digits: 0 },
      { name: "target", digits: 0 },
    ],
    rows: runs.map((run) => {
      const { cost, calls } = figuresOf(run, BACKWARD);
      const met = calls <= PROMISED_SHARE * CHAIN_LENGTH;
      return {
        name: `seed ${run.seed}, ${titles[run.critic]}`,
        cells: [
          rounded(run.maximumWeight),
          rounded(cost),
          rounded((100 * cost) / CHAIN_LENGTH),
          rounded(calls),
          rounded((100 * calls) / CHAIN_LENGTH),
          run.same ? "yes" : "no",
          run.maximumWeight > PROMISED_WEIGHT ? "(w* > 100)" : met ? "met" : "missed",
        ],
      };
    }),
  };
}

/** What is recommended for the total variation that the chain of the paper is foretold to have. */
export function recommendedTable(runs: readonly CriticRun[], titles: Titles): StudyTable {
  const name = "recommended, TV of K = 640";
  return {
    title: `What is recommended in place of ${CHAIN_LENGTH} proposals`,
    note: `\`recommend\` is asked for the total variation that is foretold of forward chains of ${CHAIN_LENGTH}. Better or equal: it takes no more than ${CHAIN_LENGTH} proposals a draw, is foretold no larger a total variation, and its JSD is not larger by more than twice the error of the difference.`,
    columns: [
      { name: `TV of K = ${CHAIN_LENGTH}`, digits: 4 },
      { name: "recommended", digits: 0 },
      { name: "its TV", digits: 4 },
      { name: "proposals a draw", digits: 1 },
      { name: "calls a draw", digits: 1 },
      { name: `JSD of K = ${CHAIN_LENGTH}`, digits: 4 },
      { name: "its JSD", digits: 4 },
      { name: "better or equal", digits: 0 },
    ],
    rows: runs.map((run) => {
      const paper = figuresOf(run, FORWARD);
      const own = figuresOf(run, name);
      const better =
        own.cost <= CHAIN_LENGTH &&
        own.totalVariation! <= Math.max(paper.totalVariation!, 1e-9) &&
        isAsGood([own], [paper]);
      return {
        name: `seed ${run.seed}, ${titles[run.critic]}`,
        cells: [
          rounded(paper.totalVariation!),
          run.recommendations[0]!.choice,
          rounded(own.totalVariation!),
          rounded(own.cost),
          rounded(own.calls),
          { value: significant(paper.jensenShannon), error: significant(paper.jensenShannonError) },
          { value: significant(own.jensenShannon), error: significant(own.jensenShannonError) },
          better ? "yes" : "no",
        ],
      };
    }),
  };
}

/** The smallest cost at which every sampler is as good as the chain of the paper. */
export function cheapestTable(
  critics: readonly { readonly title: string; readonly runs: readonly CriticRun[] }[],
): StudyTable {
  const families = unique(critics.flatMap(({ runs }) => runs[0]!.figures.map(({ family }) => family)));
  return {
    title: `Proposals a draw for the JSD of ${CHAIN_LENGTH} forward`,
    note: `The smallest cost tried (2 proposals, where a sampler can be set to them) at which the mean JSD over the GANs is not larger than that of forward chains of ${CHAIN_LENGTH} by more than twice the error of the difference, with the mean ± standard deviation of the cost between GANs. Latent samplers were tried with the own discriminator only; one of their evaluations with a gradient counts as ${GRADIENT_COST}.`,
    columns: critics.map(({ title }) => ({ name: title, digits: 1 })),
    rows: families.map((family) => ({
      name: family,
      cells: critics.map(({ runs }): Cell => {
        const paper = runs.map((run) => figuresOf(run, FORWARD));
        const settings = unique(
          runs[0]!.figures.filter((each) => each.family === family).map(({ name }) => name),
        );
        if (settings.length === 0) return "";
        const good = settings
          .map((name) => runs.map((run) => figuresOf(run, name)))
          .filter((figures) => isAsGood(figures, paper))
          .sort((a, b) => meanOf(a, "cost") - meanOf(b, "cost"));
        return good.length === 0 ? "not reached" : good[0]!.map(({ cost }) => significant(cost));
      }),
    })),
  };
}

/** Every sampler with what it costs and how good it is. */
export function costTable(title: string, runs: readonly CriticRun[]): StudyTable {
  const paper = runs.map((run) => figuresOf(run, FORWARD));
  return {
    title: title[0]!.toUpperCase() + title.slice(1),
    note: `${DRAWS.toLocaleString("en")} draws each, from the same proposals, of ${runs.length} GANs. TV: foretold. As good: the mean JSD is not larger than that of forward chains of ${CHAIN_LENGTH} by more than twice the error of the difference.`,
    columns: [
      { name: "proposals a draw", digits: 1 },
      { name: "most", digits: 1 },
      { name: "calls a draw", digits: 1 },
      { name: "TV", digits: 4 },
      { name: "high quality", digits: 4 },
      { name: "within-mode sd", digits: 4 },
      { name: "JSD", digits: 4 },
      { name: "as good", digits: 0 },
    ],
    rows: unique(runs[0]!.figures.map(({ name }) => name)).map((name) => {
      const figures = runs.map((run) => figuresOf(run, name));
      const values = (key: "cost" | "calls" | "highQualityShare" | "withinModeSd" | "jensenShannon") =>
        figures.map((each) => significant(each[key]));
      return {
        name,
        cells: [
          values("cost"),
          [Math.max(...values("cost"))],
          values("calls"),
          figures.flatMap(({ totalVariation }) =>
            totalVariation === undefined ? [] : [significant(totalVariation)],
          ),
          values("highQualityShare"),
          values("withinModeSd"),
          values("jensenShannon"),
          isAsGood(figures, paper) ? "yes" : "no",
        ],
      };
    }),
  };
}

/** Whether the divergences are no larger on average than those they are paired with, but for twice the error of the difference. */
export function isAsGood(
  figures: readonly Pick<CostFigures, "jensenShannon" | "jensenShannonError">[],
  others: readonly Pick<CostFigures, "jensenShannon" | "jensenShannonError">[],
): boolean {
  let [difference, variance] = [0, 0];
  for (const [i, figure] of figures.entries()) {
    difference += figure.jensenShannon - others[i]!.jensenShannon;
    variance += figure.jensenShannonError ** 2 + others[i]!.jensenShannonError ** 2;
  }
  return difference <= 2 * Math.sqrt(variance);
}

function figuresOf({ figures }: CriticRun, name: string): CostFigures {
  return figures.find((each) => each.name === name)!;
}

export function meanOf(figures: readonly CostFigures[], key: "cost" | "jensenShannon"): number {
  return figures.reduce((sum, each) => sum + each[key], 0) / figures.length;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
const significant = (value: number): number => Number(value.toPrecision(4));
const rounded = (value: number): number[] => [significant(value)];
