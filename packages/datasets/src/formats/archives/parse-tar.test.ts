import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TarEntry, tar } from "../../../test/tar.ts";
import { parseTar } from "./parse-tar.ts";

const abc = new Uint8Array([97, 98, 99]);

test("gives each file by its name and leaves folders out", () => {
  const files = parseTar(
    tar([
      { name: "data/", kind: "5" },
      { name: "data/abc", content: abc },
      { name: "old", kind: "\0", content: new Uint8Array(512) },
      { name: "leaf", prefix: "a/b", content: abc },
      { name: "gnu", prefix: "times and such", magic: "ustar  \0" },
      { name: "empty" },
    ]),
  );
  expect([...files]).toEqual([
    ["data/abc", abc],
    ["old", new Uint8Array(512)],
    ["a/b/leaf", abc],
    ["gnu", new Uint8Array()],
    ["empty", new Uint8Array()],
  ]);
  expect(parseTar(tar([], 10_240)).size).toBe(0);
});

const golden = async (name: string) =>
  new Uint8Array(gunzipSync(await readFile(new URL(`../../golden/tar/${name}.tar.gz`, import.meta.url))));

test.each(["v7", "ustar", "gnu"])("reads what GNU tar writes in the form %s", async (form) => {
  expect([...parseTar(await golden(form))]).toEqual([
    ["d/nothing", new Uint8Array()],
    ["d/numbers.bin", Uint8Array.from({ length: 3000 }, (_, i) => i)],
  ]);
});

describe("refuses", () => {
  test.each<[string, TarEntry]>([
    ["a hard link", { name: "x", kind: "1" }],
    ["a symbolic link", { name: "x", kind: "2" }],
    ["a device", { name: "x", kind: "3" }],
    ["an extended header", { name: "x", kind: "x" }],
    ["a long name of GNU", { name: "x", kind: "L" }],
    ["a folder with content", { name: "x", kind: "5", content: abc }],
  ])("%s", (_, entry) => {
    expect(() => parseTar(tar([entry]))).toThrow(
      new RangeError(
        `parseTar: bytes must hold regular files and folders, got an entry of type "${entry.kind}", x`,
      ),
    );
  });

  test.each(["", "/etc/passwd", "../x", "a/../../x", "a/..", "./x", "a//b", "a\\b", "ä", "a\nb"])(
    "the name %j",
    (name) => {
      expect(() => parseTar(tar([{ name, content: abc }]))).toThrow(
        'parseTar: bytes must have relative names without "..", got ',
      );
    },
  );

  test("a link that GNU tar wrote", async () => {
    const archive = await golden("with-link");
    expect(() => parseTar(archive)).toThrow('got an entry of type "2", d/z-link');
  });

  test("a name that a prefix leads out", () => {
    expect(() => parseTar(tar([{ name: "x", prefix: "a/.." }]))).toThrow('got "a/../x" at byte 0');
  });

  test("a name twice", () => {
    expect(() => parseTar(tar([{ name: "x" }, { name: "x" }]))).toThrow("hold each file once, got x again");
  });

  test.each([
    "77777777777\0",
    "\x80\0\0\0\0\0\0\0\0\0\0\x01",
    "-0000000001\0",
    "00000000009\0",
    "           \0",
  ])("the size %j", (size) => {
    expect(() => parseTar(tar([{ name: "x", content: abc, size }]))).toThrow("hold all of x, got an end at");
  });

  test("an archive without its end, or with something after it", () => {
    const whole = tar([{ name: "x", content: abc }]);
    expect(() => parseTar(whole.subarray(0, -512))).toThrow("end with two empty blocks and nothing else");
    expect(() => parseTar(whole.subarray(0, -1024))).toThrow(
      "end with two empty blocks, got an end at byte 1024",
    );
    expect(() => parseTar(new Uint8Array())).toThrow("end with two empty blocks, got an end at byte 0");
    whole[whole.length - 1] = 1;
    expect(() => parseTar(whole)).toThrow("got something after byte 1024");
  });

  test("a header of which any byte is changed", () => {
    const whole = tar([{ name: "x", content: abc }]);
    fc.assert(
      fc.property(fc.nat({ max: 511 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Uint8Array.from(whole);
        bytes[at]! ^= flip;
        fc.pre(at < 148 || at >= 156); // the checksum itself, where a space for a zero changes nothing
        expect(() => parseTar(bytes)).toThrow("have tar headers, got a wrong checksum at byte 0");
      }),
    );
  });
});

test("anything else is a RangeError too, and quickly", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2048 }), (bytes) => {
      try {
        parseTar(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
