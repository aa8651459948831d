import { describe, expect, test } from "vitest";
import { autocorrelation } from "./autocorrelation.ts";
import { basicRHat } from "./basic-r-hat.ts";
import {
  bulkEffectiveSampleSize,
  effectiveSampleSizeOfMean,
  effectiveSampleSizeOfQuantile,
  effectiveSampleSizeOfStandardDeviation,
  tailEffectiveSampleSize,
} from "./effective-sample-size.ts";
import { expectClose, readGolden, type Tolerance } from "./golden/read-golden.ts";
import { integratedAutocorrelationTime } from "./integrated-autocorrelation-time.ts";
import { kishEffectiveSampleSize } from "./kish-effective-sample-size.ts";
import {
  monteCarloErrorOfMean,
  monteCarloErrorOfQuantile,
  monteCarloErrorOfStandardDeviation,
} from "./monte-carlo-error.ts";
import { splitRHat } from "./split-r-hat.ts";
import { summarize } from "./summarize.ts";

interface Golden {
  tol: Record<
    "rhat" | "ess_mcse" | "mcse_quantile" | "mean_sd" | "large_offset" | "emcee_integrated_time",
    Tolerance
  >;
  cases: {
    name: string;
    chains: number;
    x: number[];
    expected: Record<string, number | null> & { autocorr_chain0?: number[] };
  }[];
  kish: {
    name: string;
    weights?: number[];
    log_weights?: number[];
    expected: { ess: number; relative: number; max_normalised_weight?: number };
  }[];
}
const golden = readGolden<Golden>("diagnostics.json");
const { tol } = golden;

describe("the diagnostics equal their reference values", () => {
  test("and there are 20 cases and 9 sets of weights", () => {
    expect([golden.cases.length, golden.kish.length]).toEqual([20, 9]);
  });

  test.each(golden.cases)("$name", ({ name, chains, x, expected }) => {
    const quantile = (probability: number) => ({ chains, probability });
    const { rHat, bulk, folded } = splitRHat(x, { chains });
    const row = summarize(x, { chains })[0]!;
    const results: Record<string, [number, Tolerance]> = {
      mean: [row.mean, tol.mean_sd],
      sd: [row.standardDeviation, tol.mean_sd],
      rhat_basic: [basicRHat(x, { chains, split: false }), tol.rhat],
      rhat_split: [basicRHat(x, { chains }), tol.rhat],
      rhat_bulk: [bulk, tol.rhat],
      rhat_folded: [folded, tol.rhat],
      rhat: [rHat, tol.rhat],
      ess_basic_nosplit: [effectiveSampleSizeOfMean(x, { chains, split: false }), tol.ess_mcse],
      ess_mean: [effectiveSampleSizeOfMean(x, { chains }), tol.ess_mcse],
      ess_bulk: [bulkEffectiveSampleSize(x, { chains }), tol.ess_mcse],
      ess_q05: [effectiveSampleSizeOfQuantile(x, quantile(0.05)), tol.ess_mcse],
      ess_median: [effectiveSampleSizeOfQuantile(x, quantile(0.5)), tol.ess_mcse],
      ess_q95: [effectiveSampleSizeOfQuantile(x, quantile(0.95)), tol.ess_mcse],
      ess_tail: [tailEffectiveSampleSize(x, { chains }), tol.ess_mcse],
      ess_sd: [effectiveSampleSizeOfStandardDeviation(x, { chains }), tol.ess_mcse],
      mcse_mean: [monteCarloErrorOfMean(x, { chains }), tol.ess_mcse],
      mcse_sd: [monteCarloErrorOfStandardDeviation(x, { chains }), tol.ess_mcse],
      mcse_q05: [monteCarloErrorOfQuantile(x, quantile(0.05)), tol.mcse_quantile],
      mcse_median: [monteCarloErrorOfQuantile(x, quantile(0.5)), tol.mcse_quantile],
      mcse_q95: [monteCarloErrorOfQuantile(x, quantile(0.95)), tol.mcse_quantile],
    };
    for (const [key, [got, tolerance]] of Object.entries(results)) {
      // null: the mean and standard deviation of draws that are not finite.
      if (expected[key] === null) continue;
      const looser = name === "large_offset" && !key.startsWith("mcse_q") ? tol.large_offset : tolerance;
      expectClose(got, expected[key]!, looser, key);
    }
    expect(row.rHat).toBe(rHat);
    expect(row.bulkEss).toBe(results["ess_bulk"]![0]);
    expect(row.tailEss).toBe(results["ess_tail"]![0]);
    expect(row.errorOfMean).toBe(results["mcse_mean"]![0]);

    const { autocorr_chain0: correlations, emcee_integrated_time: time } = expected;
    correlations?.forEach((correlation, lag) => {
      const chain = x.slice(0, x.length / chains);
      expectClose(autocorrelation(chain)[lag]!, correlation, { rel: 1e-9, abs: 1e-9 }, `lag ${lag}`);
    });
    if (time !== undefined) {
      const tolerance = name === "large_offset" ? tol.large_offset : tol.emcee_integrated_time;
      expectClose(integratedAutocorrelationTime(x, { chains }).time, time!, tolerance, "time");
    }
  });

  test.each(golden.kish)("Kish: $name", ({ weights, log_weights, expected }) => {
    const result = kishEffectiveSampleSize(log_weights ?? weights!.map(Math.log));
    const tolerance = { rel: 1e-12, abs: 0 };
    expectClose(result.ess, expected.ess, tolerance, "ess");
    expectClose(result.relative, expected.relative, tolerance, "relative");
    if (expected.max_normalised_weight !== undefined) {
      expectClose(result.maxNormalisedWeight, expected.max_normalised_weight, tolerance, "maximum");
    }
  });
});
