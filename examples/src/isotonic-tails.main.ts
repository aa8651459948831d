import { type IsotonicTailsStudy, isotonicTails } from "./isotonic-tails.ts";
import type { WeightJudgement } from "./judge-weights.ts";
import { meanAndError } from "./mean-and-error.ts";
import { exponentialPair, laplacePair, normalPair, paperPair, strayPair } from "./score-pair.ts";
import {
  centred,
  centredSmoothed,
  clipped,
  exact,
  platt,
  pooled,
  smoothed,
  vennAbers,
} from "./tail-rules.ts";
import { short, shortWithError, textTable } from "./text-table.ts";

const started = performance.now();
const runs = Number(process.argv[2] ?? 50);
const sizes = process.argv.length > 3 ? process.argv.slice(3).map(Number) : [500, 2_000, 10_000, 50_000];
const pairs = [
  normalPair(1),
  normalPair(2),
  normalPair(4),
  laplacePair(2),
  exponentialPair(),
  strayPair(),
  paperPair(),
];
const counts = [1, 2, 5, 10, 20, 50];
const rules = [
  exact,
  clipped,
  ...[0.5, 1, 2, 5].map(smoothed),
  ...counts.map(pooled),
  ...counts.map(centred),
  ...[0.5, 1, 2, 5].map(centredSmoothed),
  vennAbers,
  platt,
];
const STANDARD = "pooled 5";

console.log(
  `Rules for the tails of isotonic regression. Means over ${runs} fits ± standard error; K = 640; seed 1.
E[w]: mean weight. w*: largest weight. excess: of log loss over the truth, in 1/1000 nat. TV: total variation between p and what
exact sampling by the fitted weights draws from. cost: proposals for such a draw. cap-out: of chains from a real start.
chain TV: of draws of such chains, restarted from a proposal on cap-out.\n`,
);
const studies: IsotonicTailsStudy[] = [];
for (const study of isotonicTails({ pairs, rules, sizes, runs, chainLength: 640, seed: 1 })) {
  studies.push(study);
  const { pair, size, truth } = study;
  const row = (name: string, judgements: readonly WeightJudgement[]): string[] => {
    const over = (measure: (judgement: WeightJudgement) => number): string =>
      shortWithError(meanAndError(judgements.map(measure)));
    return [
      name,
      over(({ meanWeight }) => meanWeight),
      over(({ maximumWeight }) => maximumWeight),
      over(({ logLossExcess }) => 1000 * logLossExcess),
      over(({ totalVariation }) => totalVariation),
      over(({ proposalsPerDraw }) => proposalsPerDraw),
      over(({ capOut }) => capOut),
      over(({ chainTotalVariation }) => chainTotalVariation),
    ];
  };
  console.log(
    `${pair.name}; ${size} of each class\n${textTable([
      ["", "E[w]", "w*", "excess", "TV", "cost", "cap-out", "chain TV"],
      [
        "truth",
        "1",
        short(pair.maximumWeight),
        "0",
        "0",
        short(truth.proposalsPerDraw),
        short(truth.capOut),
        short(truth.chainTotalVariation),
      ],
      ...study.rules.map(({ name, judgements }) => row(name, judgements)),
    ])}\n`,
  );
}

/** The measure over that of the standard rule, geometric mean over all pairs; the error is that over runs. */
function relative(size: number, rule: number, measure: (judgement: WeightJudgement) => number): string {
  const ofSize = studies.filter((study) => study.size === size);
  const standard = rules.findIndex(({ name }) => name === STANDARD);
  const logRatios = Array.from({ length: runs }, (_, run) => {
    const logs = ofSize.map((study) =>
      Math.log(
        measure(study.rules[rule]!.judgements[run]!) / measure(study.rules[standard]!.judgements[run]!),
      ),
    );
    return logs.reduce((sum, log) => sum + log, 0) / logs.length;
  });
  const { mean, standardError } = meanAndError(logRatios);
  return shortWithError({ mean: Math.exp(mean), standardError: Math.exp(mean) * standardError });
}

for (const [title, measure] of [
  ["TV", ({ totalVariation }: WeightJudgement) => totalVariation],
  ["Chain TV", ({ chainTotalVariation }: WeightJudgement) => chainTotalVariation],
  ["Cost", ({ proposalsPerDraw }: WeightJudgement) => proposalsPerDraw],
  ["Excess of log loss", ({ logLossExcess }: WeightJudgement) => logLossExcess],
] as const) {
  const header = [`n =`, ...sizes.map(String)];
  const rows = rules.map(({ name }, i) => [name, ...sizes.map((size) => relative(size, i, measure))]);
  console.log(
    `${title}, relative to ${STANDARD}: geometric mean over the pairs\n${textTable([header, ...rows])}\n`,
  );
}

/** The count, of those tried, whose fits are nearest to the target. */
function bestCount({ rules }: IsotonicTailsStudy, name: (count: number) => string): string {
  const means = counts.map((count) => {
    const { judgements } = rules.find((rule) => rule.name === name(count))!;
    return meanAndError(judgements.map(({ totalVariation }) => totalVariation)).mean;
  });
  return String(counts[means.indexOf(Math.min(...means))]);
}

const countRows = pairs.map((pair) => [
  pair.name,
  ...studies
    .filter((study) => study.pair === pair)
    .map(
      (study) =>
        `${bestCount(study, (n) => `pooled ${n}`)} / ${bestCount(study, (n) => `centred, pooled ${n}`)}`,
    ),
]);
console.log(
  `The count of least TV, plain / centred\n${textTable([["n =", ...sizes.map(String)], ...countRows])}\n`,
);

const shown = [
  "exact",
  "smoothed 2",
  "pooled 1",
  STANDARD,
  "pooled 20",
  "centred, pooled 5",
  "Venn-ABERS",
  "Platt",
];
for (const [title, measure] of [
  ["TV", ({ totalVariation }: WeightJudgement) => totalVariation],
  ["Chain TV", ({ chainTotalVariation }: WeightJudgement) => chainTotalVariation],
] as const) {
  const rows = studies.map(({ pair, size, truth, rules }) => [
    `${pair.name}; ${size}`,
    short(measure(truth)),
    ...shown.map((name) => {
      const { judgements } = rules.find((rule) => rule.name === name)!;
      return shortWithError(meanAndError(judgements.map(measure)));
    }),
  ]);
  console.log(`${title}\n${textTable([["", "truth", ...shown], ...rows])}\n`);
}

console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
