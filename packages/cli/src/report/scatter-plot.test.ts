import { describe, expect, test } from "vitest";
import { scatterPlot } from "./scatter-plot.ts";
import { unbalancedTag } from "./testing/tag-balance.ts";

const plot = (points: ArrayLike<number>, more: { extent?: number; maximum?: number; title?: string } = {}) =>
  scatterPlot({ id: "s", title: "Points", className: "gan", extent: 2, points, ...more });

describe("scatterPlot", () => {
  test("puts x to the right and y upwards", () => {
    const svg = plot([0, 0, 2, 2, -2, -2]);
    expect(unbalancedTag(svg)).toBeUndefined();
    expect(svg).toContain('d="M200 200h0M400 0h0M0 400h0"');
    expect(svg).toContain("3 points. Both axes go from -2 to 2.");
  });

  test("counts what is outside, and what is not drawn", () => {
    const svg = plot([0, 0, 3, 0, 0, -Infinity, 1, 1], { maximum: 3 });
    expect(svg).toContain("3 points, the first of 4, 2 of them outside the frame");
    expect(svg.match(/h0/g)).toHaveLength(1);
  });

  test("thousands of points take some ten bytes each", () => {
    const points = Float32Array.from({ length: 6000 }, (_, i) => Math.sin(i) * 1.9);
    expect(plot(points).length / 3000).toBeLessThan(17);
  });

  test("no point is an empty frame", () => {
    expect(plot([])).toContain("0 points.");
  });

  test("refuses NaN, half a point and no extent, and escapes its title", () => {
    expect(() => plot([0, Number.NaN])).toThrow("scatterPlot: points[1] must be a number, got NaN");
    expect(() => plot([0, 1, 2])).toThrow("must hold an x and a y each, got 3 numbers");
    for (const extent of [0, -1, Number.NaN, Infinity])
      expect(() => plot([], { extent })).toThrow("extent must be positive");
    expect(plot([], { title: "<script>" })).not.toContain("<script>");
  });
});
