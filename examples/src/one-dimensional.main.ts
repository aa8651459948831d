import { keepOnAccept, oneDimensional } from "./one-dimensional.ts";

// Exact values by quadrature: see the last column.
const started = performance.now();
const draws = Number(process.argv[2] ?? 200_000);
const { acceptance, capOut, fourthMode, totalVariation, standardErrors } = oneDimensional(draws, 640, 1);
const row = (name: string, value: number, error: number | undefined, exact: string) =>
  console.log(
    `${name.padEnd(20)} ${value.toFixed(4)}  ${error === undefined ? "      " : `±${error.toFixed(4)}`}  exact ${exact}`,
  );
console.log(
  `One-dimensional example, K = 640, real start, restart from a proposal, ${draws} draws, seed 1\n`,
);
row("acceptance", acceptance, standardErrors.acceptance, ".6798");
row("cap-out", capOut, standardErrors.capOut, ".0598");
row("fourth mode", fourthMode, standardErrors.fourthMode, ".2022");
row("total variation", totalVariation, undefined, ".0557");
console.log(
  `\nKept only when accepted, one chain: fourth mode ${keepOnAccept(draws, 1).toFixed(4)} (generator .018, data .25)`,
);
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
