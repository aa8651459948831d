import { expect, test } from "vitest";
import { rowsMarkdown } from "../study-markdown.ts";
import { type DemoOutput, demoTable, seedsTable } from "./demo-seeds.ts";

const figures = (share: number) => ({
  highQualityShare: share,
  recoveredModes: 25,
  jensenShannon: 0.15567,
  // The sd of 25 Gaussians on one axis is √2.0025.
  withinModeSd: 0.05 / Math.sqrt(2.0025),
});
const output: DemoOutput = {
  seed: 7,
  draws: 10_000,
  chainLength: 100,
  metrics: { real: figures(1), gan: figures(0.8651), mhgan: figures(0.984) },
  proposals: 823_456,
  calibration: { predictedAcceptance: 0.4371, before: { z: 3.26 }, after: { z: -0.58 } },
  seconds: 1,
};

test("what the demo prints becomes the README's tables", () => {
  expect(rowsMarkdown(demoTable(output))).toBe(`|  | high quality | modes | JSD | within-mode sd |
|---|---:|---:|---:|---:|
| real data | 100.0 % | 25 | 0.1557 | 0.0500 |
| GAN | 86.5 % | 25 | 0.1557 | 0.0500 |
| MH-GAN, K = 100 | 98.4 % | 25 | 0.1557 | 0.0500 |`);
  expect(rowsMarkdown(seedsTable([output])).split("\n")[2]).toBe(
    "| 7 | 86.5 % | 98.4 % | 0.156 | 0.156 | 25 | 25 | 43.7 % | 82 | 3.3 | -0.6 |",
  );
});
