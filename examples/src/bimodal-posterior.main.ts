import { summaryTable } from "@mhgan/mcmc/diagnostics";
import { exploreBimodal } from "./bimodal-posterior.ts";

const draws = Number(process.argv[2] ?? 40_000);
const { prediction, burnIn, explorations } = await exploreBimodal(draws, 1);
console.log(`A posterior with two modes, 4 chains, ${draws} draws by each sampler, seed 1

Predicted from 4000 proposals: acceptance ${prediction.acceptanceRate.toFixed(3)}, \
tail of the weights ${prediction.paretoKHat.level},
total variation from the posterior at most .001 after ${burnIn} steps

How far north?

${summaryTable(explorations.map(({ name, north }) => ({ ...north, name })))}

Mass of the northern mode: exact .7063
`);
for (const { name, northShare, error, acceptanceRate, evaluationsPerDraw } of explorations) {
  const errorText = Number.isNaN(error) ? "        " : `± ${error.toFixed(4)}`;
  console.log(
    `${name.padEnd(20)} ${northShare.toFixed(4)} ${errorText}  ` +
      `acceptance ${acceptanceRate.toFixed(3)}, evaluations for a draw ${evaluationsPerDraw}`,
  );
}
console.log(`
MALA alone never leaves a mode. From one start that looks perfect; R-hat sees it only where chains start in both.`);
