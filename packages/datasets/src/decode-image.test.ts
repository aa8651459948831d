import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { decodeImage } from "./decode-image.ts";

interface Golden {
  readonly name: string;
  readonly kind: "PNG" | "JPEG";
  readonly file: string;
  readonly shape: readonly [number, number, number];
  readonly points: string;
}
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL("./golden/image-files.json", import.meta.url), "utf8"),
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
