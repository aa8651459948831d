import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteSource } from "./byte-source.ts";

test("ByteSource hands out all bytes in order, in the lengths asked for, from any pieces", async () => {
  // Pieces and lengths on both sides of the room that is made at first, 2^16.
  const sizes = fc.array(fc.oneof(fc.nat(5), fc.nat(200_000)), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, sizes, async (pieces, lengths) => {
      const whole = Buffer.concat(pieces.map((size, i) => Buffer.alloc(size, i + 1)));
      let sent = 0;
      const source = new ByteSource(
        "test: chunks",
        pieces.map((size) => {
          sent += size;
          return whole.subarray(sent - size, sent);
        }),
      );
      let at = 0;
      for (const length of lengths) {
        const taken = await source.take(length);
        expect(taken.buffer.byteLength).toBe(taken.length);
        expect(whole.subarray(at, at + length).equals(taken)).toBe(true);
        at = Math.min(whole.length, at + length);
      }
      expect((await source.take(whole.length + 1)).length).toBe(whole.length - at);
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("ByteSource asks for no piece before it needs one, and for none after it is closed", async () => {
  const log: string[] = [];
  function* pieces(): Generator<Uint8Array> {
    try {
      for (;;) {
        log.push("asked");
        yield new Uint8Array(4);
      }
    } finally {
      log.push("ended");
    }
  }
  const source = new ByteSource("test: chunks", pieces());
  await source.take(0);
  expect(log).toEqual([]);
  await source.take(3);
  await source.take(1);
  expect(log).toEqual(["asked"]);
  await source.close();
  await source.close();
  expect(log).toEqual(["asked", "ended"]);
  expect(await source.take(1)).toEqual(new Uint8Array(0));
});

test("ByteSource refuses pieces that are not bytes", async () => {
  const source = new ByteSource("test: chunks", [1] as never);
  await expect(source.take(1)).rejects.toThrow(new TypeError("test: chunks must be Uint8Arrays, got number"));
});
