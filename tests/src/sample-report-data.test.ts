import { describe, expect, it } from "vitest";
import { sampleReportData } from "./sample-report-data.ts";

describe("the sample report", async () => {
  const { chains, calibration, evaluation } = await sampleReportData();

  it("has chains that do what was predicted of them", () => {
    expect(chains!.length).toBeGreaterThan(5);
    // Predicted from 4000 weights and measured on 2500 chains: .04 is more than three standard errors of the difference, wherever the rate is.
    for (const {
      predictedCapOut,
      measuredCapOut,
      predictedTotalVariation,
      measuredTotalVariation,
    } of chains!) {
      expect(Math.abs(predictedCapOut! - measuredCapOut!.value)).toBeLessThan(0.04);
      // Of bins, and above what chance leaves between 2500 draws and 12 of them.
      expect(Math.abs(predictedTotalVariation - measuredTotalVariation!.value)).toBeLessThan(0.05);
    }
  });

  it("has a discriminator that calibration puts right, and samples that selection makes better", () => {
    expect(Math.abs(calibration!.report.before.z)).toBeGreaterThan(5);
    // Exceeded once in ten thousand seeds.
    expect(Math.abs(calibration!.report.after.z)).toBeLessThan(3.9);
    const [, gan, draws] = evaluation!.rows.map(({ cells }) => cells[0]!.value);
    expect(draws).toBeGreaterThan(gan! + 0.2);
  });
});
