import { describe, expect, test } from "vitest";
import { parseCifar10 } from "./parse-cifar10.ts";
import { parseCifar100 } from "./parse-cifar100.ts";

/** What byte is at a place of an image; any function does that tells places apart. */
const point = (image: number, colour: number, row: number, column: number) =>
  (101 * image + 53 * colour + 7 * row + column) % 256;

/** Records in the words of the data set's page: labels, then 1024 red, 1024 green, 1024 blue, row by row. */
function records(labels: readonly (readonly number[])[]): Uint8Array {
  const bytes: number[] = [];
  labels.forEach((ofImage, image) => {
    bytes.push(...ofImage);
    for (let i = 0; i < 3072; i++) bytes.push(point(image, i >> 10, (i >> 5) & 31, i & 31));
  });
  return Uint8Array.from(bytes);
}

function expectPoints({ data, shape }: { data: Uint8Array; shape: readonly number[] }): void {
  const [count, colours, rows, columns] = shape as [number, number, number, number];
  expect(data.length).toBe(count * colours * rows * columns);
  for (let i = 0; i < data.length; i++) {
    const image = Math.floor(i / (colours * rows * columns));
    const colour = Math.floor(i / (rows * columns)) % colours;
    if (data[i] !== point(image, colour, Math.floor(i / columns) % rows, i % columns)) expect(i).toBe(-1);
  }
}

test("parseCifar10 splits labels and images, and copies", () => {
  const bytes = records([[3], [0], [9]]);
  const { images, labels } = parseCifar10(bytes);
  bytes.fill(0);
  expect(images.shape).toEqual([3, 3, 32, 32]);
  expectPoints(images);
  expect(labels).toEqual({ data: new Uint8Array([3, 0, 9]), shape: [3] });
});

test("parseCifar100 splits coarse labels, fine labels and images", () => {
  const { images, labels } = parseCifar100(
    records([
      [19, 99],
      [0, 20],
    ]),
  );
  expect(images.shape).toEqual([2, 3, 32, 32]);
  expectPoints(images);
  expect(labels.coarse).toEqual({ data: new Uint8Array([19, 0]), shape: [2] });
  expect(labels.fine).toEqual({ data: new Uint8Array([99, 20]), shape: [2] });
});

describe("errors", () => {
  test.each([
    [parseCifar10, new Uint8Array(0), "bytes must be one or more records of 3073 bytes, got 0 bytes"],
    [parseCifar10, new Uint8Array(3074), "bytes must be one or more records of 3073 bytes, got 3074 bytes"],
    [parseCifar10, records([[1], [10]]), "bytes must have labels from 0 to 9, got 10 in record 1 (from 0)"],
    [parseCifar100, new Uint8Array(3073), "bytes must be one or more records of 3074 bytes, got 3073 bytes"],
    [
      parseCifar100,
      records([[20, 5]]),
      "bytes must have coarse labels from 0 to 19, got 20 in record 0 (from 0)",
    ],
    [
      parseCifar100,
      records([[5, 100]]),
      "bytes must have fine labels from 0 to 99, got 100 in record 0 (from 0)",
    ],
  ])("%o refuses %o", (parse, bytes, reason) => {
    expect(() => parse(bytes)).toThrow(new RangeError(`${parse.name}: ${reason}`));
  });

  test.each([parseCifar10, parseCifar100])("%o refuses what is not bytes", (parse) => {
    expect(() => parse("" as never)).toThrow(
      new TypeError(`${parse.name}: bytes must be a Uint8Array, got string`),
    );
  });
});
