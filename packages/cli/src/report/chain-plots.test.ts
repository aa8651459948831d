import { describe, expect, test } from "vitest";
import { acceptancePlot } from "./acceptance-plot.ts";
import type { ChainFigures } from "./chain-figures.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";
import { totalVariationPlot } from "./total-variation-plot.ts";

const chains: readonly ChainFigures[] = [
  { chainLength: 1, predictedTotalVariation: 0.4, predictedAcceptance: 0.3, predictedCapOut: 0.7 },
  {
    chainLength: 10,
    predictedTotalVariation: 0.05,
    measuredTotalVariation: { value: 0.06, low: 0, high: 0.09 },
    predictedAcceptance: 0.3,
    measuredAcceptance: { value: 0.31, low: 0.29, high: 0.33 },
    predictedCapOut: 0.1,
    measuredCapOut: { value: 0.11, low: 0.1, high: 0.12 },
    chosen: true,
  },
  { chainLength: 100, predictedTotalVariation: 0 },
];

describe.each([
  ["totalVariationPlot", totalVariationPlot],
  ["acceptancePlot", acceptancePlot],
])("%s", (name, plot) => {
  test("has the lengths as ticks and marks the one of the run", () => {
    const svg = plot("p", chains);
    expect(unbalancedTag(svg)).toBeUndefined();
    for (const label of [">1<", ">10<", ">100<", ">this run<"]) expect(svg).toContain(label);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("none, one, and many far apart are drawn", () => {
    const at = (chainLength: number): ChainFigures => ({
      chainLength,
      predictedTotalVariation: 1e-300,
      predictedAcceptance: 1e-9,
    });
    for (const given of [
      [],
      [at(7)],
      [at(1), at(2 ** 52)],
      Array.from({ length: 300 }, (_, i) => at(i + 1)),
    ]) {
      const svg = plot("p", given);
      expect(unbalancedTag(svg)).toBeUndefined();
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
    // Labels that would touch are left out.
    const crowded = plot(
      "p",
      Array.from({ length: 300 }, (_, i) => at(i + 1)),
    );
    expect(crowded.match(/class="tick"/g)!.length).toBeLessThan(12);
  });

  test("refuses lengths that are none or do not ascend", () => {
    const length = (chainLength: number): ChainFigures => ({ chainLength, predictedTotalVariation: 0.1 });
    for (const bad of [0, 1.5, Number.NaN])
      expect(() => plot("p", [length(bad)])).toThrow(
        `${name}: chains[0].chainLength must be an integer from 1`,
      );
    expect(() => plot("p", [length(5), length(5)])).toThrow("must ascend by chainLength, got 5 before 5");
  });
});

test("totalVariationPlot tells predicted from measured by shape, and what is too small by its place", () => {
  const svg = totalVariationPlot("p", chains);
  expect(svg).toContain("Predicted total variation goes from 0.4 at K = 1 to 0 at K = 100.");
  expect(svg.match(/class="mark"/g)).toHaveLength(3);
  expect(svg.match(/class="hollow"/g)).toHaveLength(1);
  expect(svg.match(/class="whisker"/g)).toHaveLength(1);
  expect(svg).toContain("K = 10: measured 0.06 (0 to 0.09)");
  expect(svg).toContain("&lt; 0.001");
  const wrong = { chainLength: 1, predictedTotalVariation: Number.NaN };
  expect(() => totalVariationPlot("p", [wrong])).toThrow(
    "chains[0].predictedTotalVariation must be from 0 to 1, got NaN",
  );
  const outside = {
    chainLength: 1,
    predictedTotalVariation: 0,
    measuredTotalVariation: { value: 0, low: -1, high: 1 },
  };
  expect(() => totalVariationPlot("p", [outside])).toThrow(
    "measuredTotalVariation.low must be from 0 to 1, got -1",
  );
});

test("acceptancePlot leaves out what is not known, and tells its rates by shape and dashes", () => {
  const svg = acceptancePlot("p", chains);
  expect(svg.match(/class="mark"/g)).toHaveLength(4);
  expect(svg.match(/class="hollow"/g)).toHaveLength(2);
  expect(svg.match(/line dashed/g)).toHaveLength(1);
  expect(svg).toContain("Predicted at K = 100: acceptance unknown, cap-out unknown.");
  expect(() =>
    acceptancePlot("p", [{ chainLength: 1, predictedTotalVariation: 0, predictedCapOut: 2 }]),
  ).toThrow("predicted cap-out of chains[0] must be from 0 to 1, got 2");
});
