import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LabelledPoint, placeLabels } from "./place-labels.ts";

const options = { bounds: { left: 0, right: 200, top: 0, bottom: 100 }, character: { width: 6, height: 12 } };
const point = (x: number, y: number, label = "name"): LabelledPoint => ({ x, y, label, radius: 5 });

describe("placeLabels", () => {
  test("right of the point where there is room, else left", () => {
    expect(placeLabels([point(50, 50)], options)).toEqual([{ x: 60, y: 50, anchor: "start" }]);
    expect(placeLabels([point(190, 50)], options)).toEqual([{ x: 180, y: 50, anchor: "end" }]);
  });

  test("avoids other points and obstacles", () => {
    const [first] = placeLabels([point(50, 50), point(70, 50)], options);
    expect(first!.anchor).toBe("end");
    const wall = { left: 58, right: 62, top: 0, bottom: 100 };
    expect(placeLabels([point(50, 50)], { ...options, obstacles: [wall] })[0]!.anchor).toBe("end");
  });

  test("a label without room gets none", () => {
    expect(placeLabels([point(100, 50, "x".repeat(100))], options)).toEqual([undefined]);
    const crowd = Array.from({ length: 60 }, () => point(100, 50));
    expect(placeLabels(crowd, options).filter((label) => label === undefined).length).toBeGreaterThan(0);
  });

  test("no two labels overlap", () => {
    const points = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 200 }),
        y: fc.integer({ min: 0, max: 100 }),
        length: fc.integer({ min: 1, max: 12 }),
      }),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(points, (given) => {
        const placed = placeLabels(
          given.map(({ x, y, length }) => point(x, y, "m".repeat(length))),
          options,
        );
        const boxes = placed.flatMap((label, i) => {
          if (label === undefined) return [];
          const width = 6 * given[i]!.length;
          const left = { start: label.x, middle: label.x - width / 2, end: label.x - width }[label.anchor];
          return [{ left, right: left + width, top: label.y - 6, bottom: label.y + 6 }];
        });
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1))
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
        });
      }),
    );
  });
});
