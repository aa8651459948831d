import { summaryTable } from "@mhgan/mcmc/diagnostics";
import { exactMeans } from "./exact.ts";
import { explore, names } from "./explore.ts";

const draws = 20_000;
const count = (number: number): string => number.toLocaleString("en");
const { predictions, burnIn, chains, exactDraws } = await explore({ draws, seed: 1 });

console.log(`Eight schools: the mean µ and the spread τ of the effects of coaching, and each school's effect

Before a chain is run, from the weights of 10,000 of its proposals:

proposal              acceptance  largest weight  Pareto k      chain length for .001`);
for (const [name, { acceptanceRate, maximumWeight, paretoKHat, chainLength }] of [
  ["Gaussian (Laplace)", predictions.gaussian],
  ["Student's t, 3 df", predictions.student],
] as const) {
  console.log(
    `${name.padEnd(20)} ${acceptanceRate.toFixed(3).padStart(11)} ${maximumWeight.toFixed(1).padStart(15)}  ` +
      `${paretoKHat.kHat.toFixed(2).padStart(5)} ${paretoKHat.level.padEnd(7)} ${String(chainLength(0.001, "proposal")).padStart(21)}`,
  );
}

console.log(`
Metropolis-Hastings with Student's t: 4 chains, ${count(draws)} draws after ${burnIn} steps each,
acceptance ${chains.acceptanceRate.toFixed(3)} (predicted ${predictions.student.acceptanceRate.toFixed(3)})

${summaryTable(chains.summary)}

Rejection under a bound of the weights: ${count(draws)} independent draws from exactly the posterior,
acceptance ${exactDraws.acceptanceRate.toFixed(3)} (predicted ${exactDraws.predictedAcceptanceRate.toFixed(3)})

Against quadrature:

mean of        exact     Metropolis-Hastings           rejection`);
exactMeans().forEach((exact, i) => {
  const estimates = [chains, exactDraws].map(({ summary }) => {
    const { mean, errorOfMean } = summary[i]!;
    return `${mean.toFixed(3)} ± ${errorOfMean.toFixed(3)}`.padStart(20);
  });
  console.log(`${names[i]!.padEnd(10)} ${exact.toFixed(4).padStart(9)}${estimates.join("")}`);
});
