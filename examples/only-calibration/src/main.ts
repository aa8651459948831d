import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calibrateSpamFilter } from "./calibrate.ts";
import { type Judgement, judge } from "./judge.ts";
import { loadSpamFilter, saveSpamFilter, spamProbabilities } from "./spam-filter.ts";

const { comparison, filters, unseen } = calibrateSpamFilter();

console.log(`Naive Bayes on Spambase: calibrators compared by cross-validation

calibrator         log loss   behind the best     calibration error   largest weight`);
for (const row of comparison.ranking) {
  const behind = row.excess === 0 ? "" : `${row.excess.toFixed(4)} ± ${row.excessError.toFixed(4)}`;
  const weight = Number.isFinite(row.maximumWeight) ? row.maximumWeight.toFixed(1) : "∞";
  console.log(
    `${row.name.padEnd(18)} ${row.logLoss.toFixed(4).padStart(8)} ${behind.padStart(17)} ` +
      `${row.expectedCalibrationError.toFixed(4).padStart(21)} ${weight.padStart(16)}`,
  );
}
console.log(`\n${comparison.reason.replaceAll(". ", ".\n")}`);

// From here on only what was saved is used, as by a server that loads it.
const folder = mkdtempSync(join(tmpdir(), "spam-filter-"));
saveSpamFilter(join(folder, "spam-filter.json"), filters.after);
const loaded = loadSpamFilter(join(folder, "spam-filter.json"));
rmSync(folder, { recursive: true });

const costOfLoss = 10;
const isSpam = unseen.map((email) => email.isSpam);
const emails = unseen.map(({ words }) => words);
const before = judge(spamProbabilities(filters.before, emails), isSpam, costOfLoss);
const after = judge(spamProbabilities(loaded, emails), isSpam, costOfLoss);

/** How many emails were given a probability in this tenth, what they were given in the mean, and how many were spam. */
function cells({ curve }: Judgement, tenth: number): string {
  const bin = curve.bins.indexOf(tenth);
  if (bin < 0) return "".padStart(25);
  const shares = [curve.predicted[bin]!, curve.observed[bin]!].map((share) => share.toFixed(3).padStart(9));
  return String(curve.counts[bin]).padStart(7) + shares.join("");
}

console.log(`
On ${unseen.length.toLocaleString("en")} emails that nothing was fitted to

                           before                    after
probability    emails     said     spam   emails     said     spam`);
for (let tenth = 0; tenth < 10; tenth++) {
  console.log(
    `${(tenth / 10).toFixed(1)} to ${((tenth + 1) / 10).toFixed(1)}   ${cells(before, tenth)}${cells(after, tenth)}`,
  );
}
console.log("\n                                   before    after");
for (const [name, measure, digits] of [
  ["Z (right: -2 to 2)", "z", 1],
  ["Spiegelhalter's Z", "spiegelhalterZ", 1],
  ["expected calibration error", "expectedCalibrationError", 4],
  ["log loss", "logLoss", 4],
  [`cost, if a lost mail costs ${costOfLoss} spams`, "cost", 0],
] as const) {
  const [a, b] = [before, after].map((judgement) => judgement[measure].toFixed(digits));
  console.log(`${name.padEnd(33)} ${a!.padStart(8)} ${b!.padStart(8)}`);
}

console.log("\nServed from JSON                   before    after");
for (const email of ["remove free money your ! $", "meeting project re edu", "your order ! re"]) {
  const [a, b] = [filters.before, loaded].map((filter) => spamProbabilities(filter, [email.split(" ")])[0]!);
  console.log(`${email.padEnd(33)} ${a!.toFixed(4).padStart(8)} ${b!.toFixed(4).padStart(8)}`);
}
