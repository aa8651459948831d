import { describe, expect, test } from "vitest";
import { costQualityPlot } from "./cost-quality-plot.ts";
import { costQualityFront, type SamplerFigures } from "./sampler-figures.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const sampler = (
  name: string,
  cost: number,
  totalVariation: number,
  more: Partial<SamplerFigures> = {},
): SamplerFigures => ({
  name,
  cost,
  totalVariation,
  ...more,
});
const samplers = [
  sampler("GAN", 1, 0.5),
  sampler("bad", 20, 0.4),
  sampler("good", 10, 0.01),
  sampler("exact", 30, 0, { chosen: true }),
];

describe("costQualityFront", () => {
  test("holds those that no other beats, cheapest first", () => {
    expect(costQualityFront([...samplers].reverse()).map(({ name }) => name)).toEqual([
      "GAN",
      "good",
      "exact",
    ]);
  });

  test("of equal quality the cheaper, of equal cost the better, also where costs differ by rounding", () => {
    const names = (...all: SamplerFigures[]) => costQualityFront(all).map(({ name }) => name);
    expect(names(sampler("a", 2, 0.1), sampler("b", 3, 0.1))).toEqual(["a"]);
    expect(names(sampler("a", 2, 0.1), sampler("b", 2.0001, 0.05))).toEqual(["b"]);
    expect(names(sampler("a", 2, 0.1), sampler("b", 2, 0.1))).toEqual(["a", "b"]);
    expect(names(sampler("never", Infinity, 0))).toEqual([]);
  });
});

describe.each(["wide", "narrow"] as const)("costQualityPlot, %s", (size) => {
  const plot = (all: readonly SamplerFigures[]) => costQualityPlot("p", all, size);

  test("marks the front, the others and the chosen one by shape", () => {
    const svg = plot(samplers);
    expect(unbalancedTag(svg)).toBeUndefined();
    expect(svg).toContain("4 samplers; 1 of them are beaten");
    expect(svg.match(/class="hollow"/g)).toHaveLength(1);
    expect(svg).toContain('class="name chosen">exact</text>');
    expect(svg).toContain("<title>good: 10 proposals a draw, total variation 0.01</title>");
    expect(svg).toContain("&lt; 0.001");
  });

  test("measured values have whiskers", () => {
    const svg = plot([sampler("a", 5, 0.1, { measuredTotalVariation: { value: 0.12, low: 0, high: 0.2 } })]);
    expect(svg).toContain("measured 0.12 (0 to 0.2)");
    expect(svg.match(/class="whisker"/g)).toHaveLength(1);
  });

  test("long names are cut before their end, and stay whole under the pointer", () => {
    const name = `${"long ".repeat(30)}K = 1234`;
    const svg = plot([sampler(name, 3, 0.1)]);
    expect(svg).toMatch(/…K = 1234<\/text>/);
    expect(svg).toContain(`<title>${name}:`);
  });

  test.each([
    [[]],
    [[sampler("one", 1, 1)]],
    [[sampler("never", Infinity, 0), sampler("ever", 1e300, 1e-300)]],
    [Array.from({ length: 200 }, (_, i) => sampler(`s${i}`, 1 + (i % 7), (i % 13) / 13))],
  ])("draws whatever there is", (all) => {
    const svg = plot(all);
    expect(unbalancedTag(svg)).toBeUndefined();
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("refuses costs below one and distances that are none", () => {
    expect(() => plot([sampler("a", 0.5, 0.1)])).toThrow("samplers[0].cost must be from 1");
    expect(() => plot([sampler("a", Number.NaN, 0.1)])).toThrow("got NaN");
    expect(() => plot([sampler("a", 2, 1.1)])).toThrow("samplers[0].totalVariation must be from 0 to 1");
    expect(() =>
      plot([sampler("a", 2, 0.1, { measuredTotalVariation: { value: 0.1, low: 0.2, high: 0.3 } })]),
    ).toThrow("low ≤ value ≤ high");
  });

  test("escapes names", () => {
    expect(plot([sampler("<b>", 2, 0.1)])).not.toContain("<b>");
  });
});
