import { meanWeightZ } from "@mhgan/calibration";
import { budgetedAcceptance, budgetedRejection, randomStream, selectDraws } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { chooseBudget } from "./choose-budget.ts";
import { exactTotalVariation } from "./exact-total-variation.ts";
import type { Points } from "./moons.ts";
import { buildPipeline } from "./pipeline.ts";
import { qualityOf } from "./quality.ts";

const count = (number: number): string => number.toLocaleString("en");
const random = randomStream(1);
const { generator, score, calibrator, pilotLogWeights, judge } = buildPipeline(random);

// Before drawing: are the weights right in the mean, and what does each budget buy?
const weight = meanWeightZ(pilotLogWeights);
const prediction = predictSelection(pilotLogWeights);
console.log(`A table whose law is two moons, and a Gaussian as its generator

mean weight ${weight.mean.toFixed(3)} ± ${weight.standardError.toFixed(3)} (right: 1), largest ${Math.exp(calibrator.maxLogOdds).toFixed(1)}

                        total variation from the data
budget  proposals a draw     predicted     exact`);
const chosen = chooseBudget(pilotLogWeights, 0.05);
for (const budget of [1, 1 / 2, 1 / 3, chosen, 1 / 8]) {
  const { proposalsPerDraw, totalVariation } = prediction.budgetedRejection({ budget });
  const { acceptance } = budgetedAcceptance(pilotLogWeights, budget);
  const exact = exactTotalVariation(generator, (data) =>
    calibrator.logOdds(score({ data, shape: [data.length / 2, 2] })).map(acceptance),
  );
  console.log(
    `${budget.toFixed(3)} ${proposalsPerDraw.toFixed(2).padStart(18)} ${totalVariation.toFixed(3).padStart(13)} ${exact.toFixed(3).padStart(9)}` +
      (budget === chosen ? "   chosen: .05 was asked for" : ""),
  );
}

const draws = judge.shape[0]! / 2;
const selected = await selectDraws(
  {
    proposeBatch: (streams) => streams.map((stream) => generator.generate(1, stream).data),
    logWeightBatch: (rows) => calibrator.logOdds(score(pointsOf(rows))),
  },
  { draws, selector: budgetedRejection({ budget: chosen }), pilotLogWeights, seed: random.split("draws") },
);
console.log(
  `\n${count(draws)} draws, ${(1 / selected.acceptanceRate).toFixed(2)} proposals each, judged by ${count(draws)} real rows that nothing was fitted to\n`,
);

console.log("               rule broken (95 %)     distance           told apart (p)");
const half = (from: number): Points => ({
  data: judge.data.slice(2 * from, 2 * (from + draws)),
  shape: [draws, 2],
});
for (const [name, points] of [
  ["real", half(draws)],
  ["generator", generator.generate(draws, random.split("plain"))],
  ["selected", pointsOf(selected.draws)],
] as const) {
  const { broken, distance, toldApart } = qualityOf(points, half(0), random.split(`quality of ${name}`));
  const percent = (share: number): string => (100 * share).toFixed(1);
  const cells = [
    `${percent(broken.estimate).padStart(5)} % (${percent(broken.lower)} to ${percent(broken.upper)})`.padEnd(
      23,
    ),
    `${distance.estimate.toFixed(3)} ± ${distance.standardError.toFixed(3)}`.padEnd(18),
    `${percent(toldApart.accuracy)} % (${toldApart.pValue.toPrecision(1)})`,
  ];
  console.log(`${name.padEnd(14)} ${cells.join(" ")}`);
}

function pointsOf(rows: readonly Float64Array[]): Points {
  return { data: Float64Array.from(rows.flatMap((row) => [...row])), shape: [rows.length, 2] };
}
