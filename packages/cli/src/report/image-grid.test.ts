import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { imageGrid } from "./image-grid.ts";
import { pngImage } from "./png-image.ts";
import { squareGrid } from "./square-grid.ts";

// Two images of one pixel, black and white.
const images = Float32Array.of(-1, 1);

describe("imageGrid", () => {
  test("lays images side by side, with white gaps", () => {
    const png = decode(imageGrid({ rows: [images], columns: 2, height: 1, width: 1 }));
    expect(png).toMatchObject({ width: 16, height: 10, channels: 1 });
    const row = Array.from(png.data.slice(4 * 16, 5 * 16));
    expect(row).toEqual([255, 255, 255, 255, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
  });

  test("or with gaps through which the page is seen", () => {
    const png = decode(imageGrid({ rows: [images], columns: 2, height: 1, width: 1, gaps: "transparent" }));
    expect(png.channels).toBe(2);
    const alpha = Array.from({ length: 16 }, (_, x) => png.data[2 * (4 * 16 + x) + 1]);
    expect(alpha).toEqual([0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0]);
  });

  test("values out of range are cut", () => {
    const png = decode(imageGrid({ rows: [[-7, 7]], columns: 2, height: 1, width: 1, scale: 1 }));
    expect([png.data[4 * 14 + 4], png.data[4 * 14 + 9]]).toEqual([0, 255]);
  });
});

describe("squareGrid", () => {
  test("shows as many rows as columns, and full rows only", () => {
    const shown = (count: number) =>
      decode(squareGrid({ images: new Float32Array(4 * count), height: 2, width: 2 }));
    expect(shown(1)).toMatchObject({ width: 12, height: 12 });
    expect(shown(8)).toMatchObject({ width: 20, height: 24 });
    expect(shown(1000)).toMatchObject({ width: 8 * 8 + 4, height: 8 * 12 });
    expect(() => shown(0)).toThrow("squareGrid: images must hold at least one image, got none");
  });
});

describe("pngImage", () => {
  test("knows its size", () => {
    const png = imageGrid({ rows: [images], columns: 2, height: 1, width: 1 });
    expect(pngImage(png, 'a "b"')).toMatch(
      /^<img src="data:image\/png;base64,iVBORw0KGgo[^"]*" width="16" height="10" alt="a &quot;b&quot;">$/,
    );
  });

  test("refuses what is no PNG", () => {
    expect(() => pngImage(new Uint8Array(100), "x")).toThrow(
      "png must start as a PNG does, got 100 bytes of something else",
    );
    expect(() => pngImage(new Uint8Array(0), "x")).toThrow("got 0 bytes");
  });
});
