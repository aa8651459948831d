import { describe, expect, test } from "vitest";
import { type HistogramSeries, histogramPlot } from "./histogram-plot.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const series = (values: readonly number[], more: Partial<HistogramSeries> = {}): HistogramSeries => ({
  name: "real",
  className: "real",
  look: "filled",
  values,
  ...more,
});
const plot = (...all: HistogramSeries[]) =>
  histogramPlot({ id: "h", title: "Scores", xTitle: "score", series: all });

describe("histogramPlot", () => {
  test("says for each bin what share of each sample is in it", () => {
    const { svg, table } = plot(series([0, 0, 0, 1]), series([1, 1], { name: "generated", look: "dashed" }));
    expect(unbalancedTag(svg)).toBeUndefined();
    expect(unbalancedTag(table)).toBeUndefined();
    expect(svg).toContain("<title>0 to 0.1: real 75.0 %, generated 0.0 %</title>");
    expect(svg).toContain("real 25.0 %, generated 100.0 %</title>");
    expect(table).toContain('<th scope="row">0 to 0.1</th><td>75.00 %</td><td>0.00 %</td>');
  });

  test("weights count, over the number of values, and have bars of two standard errors", () => {
    const { svg } = plot(series([0, 1], { look: "dots", weights: [0.5, 1.5] }));
    expect(svg).toContain("<title>0 to 0.1: real 25.0 %</title>");
    expect(svg.match(/class="whisker"/g)).toHaveLength(2);
    expect(plot(series([0, 1], { look: "dots" })).svg).not.toContain("whisker");
  });

  test("what lies beyond the axis is counted, infinities too, and those of weight 0 do not matter", () => {
    expect(plot(series([0, 1, 2, Infinity, -Infinity])).beyond).toBe(
      "Beyond the axis: 2 of 5 real (2 infinite).",
    );
    expect(plot(series([0, 1, -Infinity], { weights: [1, 1, 0] })).beyond).toBe("");
    expect(plot(series([0, 1])).beyond).toBe("");
  });

  test("a marked value is named if the axis has it", () => {
    const marked = (value: number) =>
      histogramPlot({
        id: "h",
        title: "t",
        xTitle: "x",
        series: [series([-1, 1])],
        marked: { value, label: "a < b" },
      }).svg;
    expect(marked(0)).toContain("a &lt; b</text>");
    expect(marked(50)).not.toContain("a &lt; b");
  });

  test.each([[[]], [[3]], [[-Infinity]], [[1e300, -1e300]], [[1e-320]]])(
    "draws %j without a number that is none",
    (values) => {
      const { svg, table } = plot(series(values), series([], { name: "none" }));
      expect(svg + table).not.toMatch(/NaN|undefined|Infinity/);
      expect(unbalancedTag(svg)).toBeUndefined();
    },
  );

  test("no sample at all says so", () => {
    expect(plot(series([])).svg).toContain("no samples");
  });

  test("names are escaped", () => {
    const { svg, table } = plot(series([1], { name: '<b>"&' }));
    expect(svg + table).not.toContain("<b>");
    expect(svg).toContain("&lt;b&gt;&quot;&amp;");
  });

  test("refuses NaN, and weights that do not fit", () => {
    expect(() => plot(series([1, Number.NaN]))).toThrow("histogramPlot: real[1] must be a number, got NaN");
    expect(() => plot(series([1, 2], { weights: [1] }))).toThrow(
      "must have a weight for each value, got 1 for 2",
    );
    for (const weight of [-1, Infinity])
      expect(() => plot(series([1], { weights: [weight] }))).toThrow("must be finite and from 0");
  });
});
