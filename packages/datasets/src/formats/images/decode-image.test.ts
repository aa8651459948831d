import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { crc32 } from "../archives/crc-32.ts";
import { decodeImage } from "./decode-image.ts";

interface Golden {
  readonly name: string;
  readonly kind: "PNG" | "JPEG";
  readonly file: string;
  readonly shape: readonly [number, number, number];
  readonly points: string;
}
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL("../../golden/image-files.json", import.meta.url), "utf8"),
);
const fileOf = (name: string) => Buffer.from(golden.find((case_) => case_.name === name)!.file, "base64");
const decode = (bytes: Uint8Array, maxBytes = 1e6) => decodeImage("test", bytes, maxBytes);

afterEach(() => {
  vi.doUnmock("pngjs");
  vi.doUnmock("jpeg-js");
});

test.each(golden.filter(({ points }) => points !== ""))(
  "decodeImage finds the points that Pillow finds: $name",
  async ({ file, kind, shape, points }) => {
    const { height, width, channels, data } = await decode(Buffer.from(file, "base64"));
    expect([height, width, channels]).toEqual(shape);
    const expected = Buffer.from(points, "base64");
    expect(data.length).toBe(expected.length);
    const differences = Array.from(data, (value, i) => Math.abs(value - expected[i]!));
    // The standard of JPEG leaves rounding to the decoder.
    expect(Math.max(...differences)).toBeLessThanOrEqual(kind === "PNG" ? 0 : 3);
  },
);

/** A PNG file of these chunks. */
function pngOf(...chunks: [name: string, data: Uint8Array][]): Buffer {
  const parts = chunks.map(([name, data]) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, checksum]);
  });
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...parts]);
}
const headerOf = (width: number, height: number, colour: number, interlaced: number): [string, Buffer] => {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, colour, 0, 0, interlaced]);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return ["IHDR", data];
};
const END: [string, Uint8Array] = ["IEND", new Uint8Array(0)];

/** First column and row, and the steps between them, of the passes of Adam7. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The rows of an interlaced picture, each after a byte that says "not filtered". */
function interlacedRows(points: Uint8Array, width: number, height: number, values: number): number[] {
  const rows: number[] = [];
  for (const [left, top, across, down] of PASSES) {
    if (left >= width) continue;
    for (let y = top; y < height; y += down) {
      rows.push(0);
      for (let x = left; x < width; x += across) {
        rows.push(...points.subarray((y * width + x) * values, (y * width + x + 1) * values));
      }
    }
  }
  return rows;
}

describe("interlaced PNG files", () => {
  test("decodeImage puts the points of all sizes into their places, however the data are cut", async () => {
    for (let height = 1; height <= 9; height++) {
      for (let width = 1; width <= 9; width++) {
        for (const [colour, values] of [
          [0, 1],
          [2, 3],
          [6, 4],
        ] as const) {
          const points = Uint8Array.from({ length: width * height * values }, (_, i) =>
            values === 4 && i % 4 === 3 ? 255 : (i * 37) % 256,
          );
          const packed = deflateSync(Uint8Array.from(interlacedRows(points, width, height, values)));
          const cut = packed.length >> 1;
          const file = pngOf(
            headerOf(width, height, colour, 1),
            ["IDAT", packed.subarray(0, cut)],
            ["IDAT", packed.subarray(cut)],
            END,
          );
          const data = values === 4 ? points.filter((_, i) => i % 4 !== 3) : points;
          expect(await decode(file)).toEqual({ width, height, channels: values === 1 ? 1 : 3, data });
        }
      }
    }
  });

  test("decodeImage unpacks no more than the header announces", async () => {
    const packed = deflateSync(new Uint8Array(2 ** 22));
    const bomb = decode(pngOf(headerOf(8, 8, 2, 1), ["IDAT", packed], END));
    await expect(bomb).rejects.toThrow("must unpack to the size that it announces, got more");
    await expect(bomb).rejects.toHaveProperty("problem", "corrupt");
  });

  test("decodeImage says what is damaged, or larger than is accepted", async () => {
    const packed = deflateSync(new Uint8Array(300));
    await expect(decode(pngOf(headerOf(8, 8, 2, 1), ["IDAT", packed.subarray(0, 5)], END))).rejects.toThrow(
      "must be a whole picture, got a damaged one (",
    );
    await expect(decode(pngOf(headerOf(8, 8, 2, 1), ["IDAT", packed], END), 191)).rejects.toThrow(
      "must have at most 191 values, got 8 × 8 × 3",
    );
  });
});

test("decodeImage refuses a second header, which pngjs would believe", async () => {
  const packed = deflateSync(new Uint8Array(9));
  for (const second of [headerOf(30_000, 30_000, 0, 0), headerOf(2, 2, 0, 1)]) {
    await expect(decode(pngOf(headerOf(2, 2, 0, 0), second, ["IDAT", packed], END))).rejects.toThrow(
      "must have one header (IHDR), got more",
    );
  }
});

describe("errors", () => {
  const png = fileOf("PNG, colours");
  const jpeg = fileOf("JPEG, colours");
  const edited = (bytes: Buffer, at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = value;
    return copy;
  };
  const damaged = "must be a whole picture, got a damaged one (";
  test.each([
    ["nothing", Buffer.alloc(0), "must be a PNG or JPEG file, got other bytes"],
    ["text", Buffer.from("<svg>"), "must be a PNG or JPEG file, got other bytes"],
    ["a signature alone", png.subarray(0, 20), "must be a PNG or JPEG file, got other bytes"],
    ["the start of JPEG alone", jpeg.subarray(0, 30), "must be a PNG or JPEG file, got other bytes"],
    [
      "JPEG without a marker",
      Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(20)]),
      "must be a PNG or JPEG file, got other bytes",
    ],
    ["transparent points", fileOf("PNG, transparent"), "must have no transparent points, got some"],
    ["16 bits", fileOf("PNG, 16 bits"), "must have 8 bits a value, got 16"],
    ["JPEG for print", fileOf("JPEG, for print"), "must have 1 or 3 channels, got 4"],
    ["a huge PNG", edited(png, 16, 255), "must have at most 1000000 values, got 9 × 4278190091 × 3"],
    ["a PNG with a wrong checksum", edited(png, 19, 12), damaged],
    ["a PNG cut off", png.subarray(0, -30), damaged],
    ["a JPEG cut off", jpeg.subarray(0, -100), damaged],
  ])("decodeImage refuses %s", async (_, bytes, reason) => {
    const refused = decode(bytes);
    await expect(refused).rejects.toBeInstanceOf(RangeError);
    await expect(refused).rejects.toThrow(reason);
  });

  test("decodeImage refuses what a decoder makes of another size", async () => {
    const read = () => ({ width: 1, height: 1, data: Uint8Array.of(7, 7, 7, 255) });
    vi.doMock("pngjs", () => ({ default: { PNG: { sync: { read } } } }));
    await expect(decode(png)).rejects.toThrow("must be of the size that it announces, got another");
  });

  test.each([
    ["pngjs", "PNG", png],
    ["jpeg-js", "JPEG", jpeg],
  ])("decodeImage says how to install %s", async (name, kind, bytes) => {
    vi.doMock(name, () => {
      throw new Error("Cannot find package");
    });
    await expect(decode(bytes)).rejects.toThrow(
      `test: the package ${name} must be installed to decode ${kind} files (npm install ${name}), or options.decode given, got neither`,
    );
  });
});
