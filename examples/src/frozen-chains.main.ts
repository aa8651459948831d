import { frozenChains, TRUTH } from "./frozen-chains.ts";
import type { MeanAndError } from "./mean-and-error.ts";
import { centred, clipped, exact, platt, pooled, smoothed, vennAbers } from "./tail-rules.ts";
import { shortWithError, textTable } from "./text-table.ts";

const started = performance.now();
const runs = Number(process.argv[2] ?? 20);
const CHAINS = 500;
const CHAIN_LENGTH = 640;

/** From scikit-learn, 20 runs each, in percent: a real start with D = 1, a fake with D = 1, a fake with D = 0. */
const settings = [
  { distance: 1, size: 500, published: [2.9, 0.2, 2.3] },
  { distance: 1, size: 5_000, published: [0.5, 0.02, 0.5] },
  { distance: 1, size: 50_000, published: [0.1, 0.003, 0.06] },
  { distance: 2, size: 500, published: [15.7, 0.17, 16.6] },
  { distance: 2, size: 5_000, published: [4.2, 0.01, 5.1] },
  { distance: 2, size: 50_000, published: [1.5, 0.002, 1.6] },
  { distance: 4, size: 500, published: [80, 0.21, 81] },
  { distance: 4, size: 5_000, published: [57, 0.01, 63] },
  { distance: 4, size: 50_000, published: [43, 0.002, 41] },
] as const;
const rules = [exact, clipped, smoothed(0.5), pooled(5), centred(5), vennAbers, platt];

const percent = ({ mean, standardError }: MeanAndError): string =>
  shortWithError({ mean: 100 * mean, standardError: 100 * standardError });
const shareRows: string[][] = [];
const capOutRows: string[][] = [];
const expectedRows: string[][] = [];
const weightRows: string[][] = [];
for (const { distance, size, published } of settings) {
  const options = { distance, size, rules, runs, chains: CHAINS, chainLength: CHAIN_LENGTH, seed: 1 };
  const { shares, rows } = frozenChains(options);
  const title = `${distance}; ${size}`;
  const columns = [shares.realAtOne, shares.fakeAtOne, shares.fakeAtZero];
  shareRows.push([title, ...columns.flatMap((share, i) => [percent(share), String(published[i])])]);
  capOutRows.push([title, ...rows.map(({ capOut }) => percent(capOut))]);
  expectedRows.push([title, ...rows.map(({ expectedCapOut }) => percent(expectedCapOut))]);
  weightRows.push([title, ...rows.map(({ maximumWeight }) => shortWithError(maximumWeight))]);
}
const names = [...rules.map(({ name }) => name), TRUTH];

console.log(`Normal scores of variance 1, means d apart, n of each class; ${runs} fits each ± standard error; seed 1.

Where isotonic regression says exactly 0 or 1, percent, beside what scikit-learn was seen to give
${textTable([["d; n", "real at 1", "sklearn", "fake at 1", "sklearn", "fake at 0", "sklearn"], ...shareRows])}

Chains of ${CHAIN_LENGTH} fresh fakes from a fresh real score that never left it, percent, ${CHAINS} for each fit
${textTable([["d; n", ...names], ...capOutRows])}

How many would, exactly, percent
${textTable([["d; n", ...names], ...expectedRows])}

w*, the largest weight that a score can get
${textTable([["d; n", ...names], ...weightRows])}

${((performance.now() - started) / 1000).toFixed(0)} s`);
