import { oneDimensionalPair } from "@mhgan/datasets";
import { metropolisHastings, normalQuantile, randomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { samePicks } from "../same-picks.ts";
import type { Cell, Study, StudyTable } from "../study.ts";
import { type Compared, type Comparison, compare, figuresOf, modeShares } from "./compare.ts";
import { CUT, type Entrant, entrantsFor } from "./entrants.ts";
import { chainLaw, type ExactLaw, generatorLaw, targetLaw, totalVariationFromData } from "./exact-laws.ts";
import { type Line, lineOf } from "./line.ts";
import { paperModes } from "./paper.ts";
import { chainLengthPicture, densityPicture } from "./pictures.ts";
import { logWeightsOf } from "./sampling.ts";

const SEED = 1;
const DRAWS = 200_000;
const PILOTS = 10_000;
const LONG_CHAIN = 640;
/** Chains that are found backward as well. */
const BACKWARD = 1000;
const FINENESS = { sums: 20_000, integrals: 2000, matrices: 400 };
/** Half as fine: what changes is about three times the error. */
const COARSER = { sums: 10_000, integrals: 1000, matrices: 200 };

/** The one-dimensional figure of the MH-GAN paper, and the tutorial's sampler on it: exact, foretold and sampled. */
export const oneDimensional: Study = {
  name: "one-dimensional",
  title: "The one-dimensional example of the MH-GAN paper, with its perfect discriminator",
  async run(log) {
    const random = randomStream(SEED);
    const { data, generator } = oneDimensionalPair();
    const pilots = logWeightsOf(generator.sample(PILOTS, random.split("pilots")));
    const line = lineOf(FINENESS.sums);
    log("exact laws");
    const entrants = entrantsFor(pilots, FINENESS);
    const coarser = entrantsFor(pilots, COARSER);
    const changes = entrants.map(({ exact }, i) => largestChange(exact, coarser[i]!.exact));
    const change = Math.max(...changes);
    log(
      `largest change of an exact share or total variation at half as fine a grid: ${change.toExponential(1)}`,
    );
    const compared: { readonly entrant: Entrant; readonly comparison: Comparison }[] = [];
    for (const entrant of entrants) {
      log(entrant.name);
      const comparison = await compare(entrant, DRAWS, random.split(entrant.name));
      compared.push({ entrant, comparison });
    }
    const figures = compared.flatMap(({ comparison }) => figuresOf(comparison));
    const worst = Math.max(...figures.map(({ z }) => Math.abs(z)));
    const allowed = normalQuantile(1 - 0.01 / figures.length / 2);
    log(`largest |z| of ${figures.length} figures: ${worst.toFixed(2)}, 99 % limit ${allowed.toFixed(2)}`);

    const largestWeight = targetLaw(line).proposals!;
    const backward = samePicks(
      logWeightsOf(generator.sample(BACKWARD * LONG_CHAIN, random.split("same picks"))),
      {
        selector: metropolisHastings({ chainLength: LONG_CHAIN, restart: "never" }),
        chainLength: LONG_CHAIN,
        startLogWeights: logWeightsOf(data.sample(BACKWARD, random.split("starts"))),
        logWeightBound: Math.log(largestWeight) + 1e-9,
        random: random.split("backward"),
      },
    );
    if (backward.identical < backward.chains) throw new Error("chains that are found backward differ");
    const { kHat } = predictSelection(pilots).paretoKHat;
    return {
      settings: {
        seed: SEED,
        draws: DRAWS,
        pilots: PILOTS,
        cellsPerUnit: FINENESS,
        quadrature: { largestChangeAtHalfAsFine: Number(change.toPrecision(2)) },
        agreement: {
          figures: figures.length,
          largestZ: Number(worst.toFixed(2)),
          limitAt99Percent: Number(allowed.toFixed(2)),
        },
      },
      tables: [
        lawTable(line, compared, { change, figures: figures.length, worst, allowed, kHat }),
        costTable(compared, largestWeight),
        tutorialTable(line, compared),
      ],
      pictures: {
        "one-dimensional.svg": densityPicture(
          line,
          ["MH, K = 640", "DRS, γ at the 95th percentile", "keep on accept (wrong)"].map((name) => {
            const found = compared.find(({ entrant }) => entrant.name === name)!;
            return { name, law: found.entrant.exact, points: found.comparison.draws.points };
          }),
        ),
        "one-dimensional-chain-length.svg": chainLengthPicture(
          predictedByLength(line, pilots),
          compared.flatMap(({ entrant, comparison }) => {
            const length = /^MH, K = (\d+)$/.exec(entrant.name);
            return length ? [{ chainLength: Number(length[1]), ...comparison.totalVariation }] : [];
          }),
          largestWeight,
        ),
      },
    };
  },
};

/** Total variation at many chain lengths, exact and as the pilots foretell it. */
function predictedByLength(line: Line, pilotLogWeights: Float64Array) {
  const prediction = predictSelection(pilotLogWeights);
  return [1, 2, 3, 5, 8, 13, 22, 36, 60, 100, 167, 278, 464, 640, 774, 1000, 1292, 2154].map(
    (chainLength) => ({
      chainLength,
      exact: totalVariationFromData(chainLaw(line, chainLength, "fresh")),
      foretold: prediction.totalVariation(chainLength, "target"),
    }),
  );
}

/** How much shares of modes and total variation change from one law to the other. */
function largestChange(a: ExactLaw, b: ExactLaw): number {
  const shares = modeShares(b);
  return Math.max(
    ...modeShares(a).map((share, mode) => Math.abs(share - shares[mode]!)),
    Math.abs(totalVariationFromData(a) - totalVariationFromData(b)),
  );
}

type Found = readonly { readonly entrant: Entrant; readonly comparison: Comparison }[];

const digitsOf = (value: number): number => Number(value.toPrecision(7));
const exactCell = (value: number | undefined): Cell => (value === undefined ? "" : [digitsOf(value)]);
const sampledCell = (figure: Compared | undefined): Cell =>
  figure === undefined ? "" : { value: digitsOf(figure.sampled), error: digitsOf(figure.error) };

function lawTable(
  line: Line,
  found: Found,
  quality: {
    readonly change: number;
    readonly figures: number;
    readonly worst: number;
    readonly allowed: number;
    readonly kHat: number;
  },
): StudyTable {
  const plain = generatorLaw(line);
  return {
    title: "What is drawn",
    note: `Fourth mode: the share of the mode that the generator has lost; the paper's is read off its figure. Exact: by quadrature of closed-form laws, with errors of some ${(quality.change / 3).toExponential(0)}, of the rule that the pilots gave where a rule is learnt. Foretold: by \`predictSelection\` from ${PILOTS.toLocaleString("en")} pilots, of which it says itself that they show too little of the tail: Pareto k-hat is ${quality.kHat.toFixed(2)}. With γ = 0 the law of DRS hangs on the heaviest pilot, and runs that accept none of 640 give the heaviest. Sampled: ${DRAWS.toLocaleString("en")} draws, fewer where they are dear, ± standard error. Of ${quality.figures} figures of this table and the next the largest |z| is ${quality.worst.toFixed(2)}; one in a hundred such tables has one above ${quality.allowed.toFixed(2)}.`,
    columns: [
      { name: "fourth mode: paper", digits: 3 },
      { name: "exact", digits: 4 },
      { name: "sampled", digits: 4 },
      { name: "total variation: exact", digits: 4 },
      { name: "foretold", digits: 4 },
      { name: "sampled ", digits: 4 },
      { name: "largest |z|", digits: 2 },
    ],
    rows: [
      {
        name: "generator",
        cells: [
          [paperModes.get("generator")![3]!],
          [digitsOf(modeShares(plain)[3]!)],
          "",
          [digitsOf(totalVariationFromData(plain))],
          "",
          "",
          "",
        ],
      },
      ...found.map(({ entrant: { name, foretold }, comparison }) => {
        const fourth = comparison.modes[3]!;
        const { totalVariation } = comparison;
        return {
          name,
          cells: [
            exactCell(paperModes.get(name)?.[3]),
            exactCell(fourth.exact),
            sampledCell(fourth),
            exactCell(totalVariation.exact),
            exactCell(foretold.totalVariation),
            sampledCell(totalVariation),
            [Number(Math.max(...figuresOf(comparison).map(({ z }) => Math.abs(z))).toFixed(2))],
          ] as const,
        };
      }),
    ],
  };
}

function costTable(found: Found, largestWeight: number): StudyTable {
  return {
    title: "What a draw takes",
    note: `Cap-outs: chains that never left their start, or runs that accepted nothing. Uncut weights are up to ${Math.round(largestWeight).toLocaleString("en")} times their mean, and so many proposals an exact draw takes; cut at ${CUT} they lose some of the fourth mode instead. With the true bound ${BACKWARD.toLocaleString("en")} chains of ${LONG_CHAIN} were also found backward: all draws are identical, and with so large a bound nothing is saved.`,
    columns: [
      { name: "proposals: exact", digits: 2 },
      { name: "foretold", digits: 2 },
      { name: "sampled", digits: 2 },
      { name: "cap-outs: exact", digits: 4 },
      { name: "foretold ", digits: 4 },
      { name: "sampled ", digits: 4 },
      { name: "acceptance: exact", digits: 4 },
      { name: "foretold  ", digits: 4 },
      { name: "sampled  ", digits: 4 },
    ],
    rows: found
      .filter(({ entrant }) => entrant.exact.proposals !== undefined)
      .map(({ entrant: { name, exact, foretold }, comparison: { proposals, capOut, acceptance } }) => ({
        name,
        cells: [
          exactCell(exact.proposals),
          exactCell(foretold.proposals),
          sampledCell(proposals),
          exactCell(exact.capOut),
          exactCell(foretold.capOut),
          sampledCell(capOut),
          exactCell(exact.acceptance),
          exactCell(foretold.acceptance),
          sampledCell(acceptance),
        ],
      })),
  };
}

/** The tutorial's sampler beside the right one, mode by mode. */
function tutorialTable(line: Line, found: Found): StudyTable {
  const exactRow = (name: string, law: ExactLaw) => ({
    name: `${name}, exact`,
    cells: [...modeShares(law), totalVariationFromData(law)].map(exactCell),
  });
  const rows = ["keep on accept (wrong)", "MH, K = 640"].flatMap((name) => {
    const { entrant, comparison } = found.find((each) => each.entrant.name === name)!;
    return [
      exactRow(name, entrant.exact),
      {
        name: `${name}, sampled`,
        cells: [...comparison.modes, comparison.totalVariation].map(sampledCell),
      },
    ];
  });
  return {
    title: "A sample only when one is accepted",
    note: "A well-read tutorial runs one chain and keeps a sample only when a proposal is accepted. That is the chain of jumps, whose law is π(x) · P(leave x): where the weight is large, and a right chain would stay, it counts a visit once. Shares of the four modes, and total variation from the data.",
    columns: [0, 1, 2, 3]
      .map((mode) => ({ name: `mode at ${mode}`, digits: 4 }))
      .concat({ name: "total variation", digits: 4 }),
    rows: [
      exactRow("data", { line, mass: line.data }),
      exactRow("generator", generatorLaw(line)),
      ...rows,
      ...Array.from(paperModes, ([name, shares]) => ({
        name: `paper: ${name}`,
        cells: [...shares.map((share) => exactCell(share)), ""],
      })),
    ],
  };
}
