import { chainLength, improve } from "./improve.ts";

const heldOut = 20_000;
const draws = 5000;
const { report, prediction, recommendation, rows } = await improve({ heldOut, draws, seed: 1 });
const count = (number: number): string => number.toLocaleString("en");

console.log(`A GAN of two ONNX files: the 25 Gaussians

Its discriminator on ${count(report.evaluatedOn.real)} real and ${count(report.evaluatedOn.fake)} generated points that the calibrator was not fitted to

                              before    after`);
for (const [name, measure] of [
  ["Z (right: -2 to 2)", "z"],
  ["Spiegelhalter's Z", "spiegelhalterZ"],
  ["calibration error", "expectedCalibrationError"],
] as const) {
  const cells = [report.before, report.after].map((reliability) =>
    reliability[measure].toFixed(measure === "expectedCalibrationError" ? 4 : 2),
  );
  console.log(`${name.padEnd(24)} ${cells[0]!.padStart(11)} ${cells[1]!.padStart(8)}`);
}
for (const warning of report.warnings) console.log(`Warning: ${warning}`);

console.log(`
Mean weight ${report.meanWeight.toFixed(3)} ± ${report.meanWeightError.toFixed(3)} (right: 1), largest ${report.maxWeight.toFixed(1)}

Predicted for chains of ${chainLength}: acceptance ${prediction.acceptanceRate.toFixed(3)}, \
${prediction.proposalsPerDraw.toFixed(1)} proposals a draw
Cheapest for a total variation of .01: ${recommendation.selector}, ${recommendation.proposalsPerDraw.toFixed(1)} proposals a draw

${count(draws)} points                    proposals a draw       high quality  modes  divergence of modes`);
for (const { name, proposalsPerDraw, quality } of rows) {
  const { highQuality, modes, divergence } = quality;
  const share = `${(100 * highQuality.estimate).toFixed(1)} ± ${(100 * highQuality.standardError).toFixed(1)} %`;
  const distance = `${divergence.estimate.toFixed(4)} ± ${divergence.standardError.toFixed(4)}`;
  console.log(
    `${name.padEnd(32)}${(proposalsPerDraw?.toFixed(1) ?? "").padStart(16)}${share.padStart(19)}${String(modes).padStart(7)}${distance.padStart(21)}`,
  );
}
