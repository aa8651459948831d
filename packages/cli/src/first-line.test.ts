import { expect, test } from "vitest";
import { firstLine } from "./first-line.ts";

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

test.each([
  ["a,ü\r\n1,2\n", "a,ü"],
  ["\ufeffscore\n1", "score"],
  ["1", "1"],
  ["\n1", ""],
])("firstLine of %j, in pieces that end anywhere, takes nothing away", async (text, line) => {
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size++) {
    const first = await firstLine(pieces(bytes, size));
    expect(first).toMatchObject({ line, isEmpty: false });
    const again: Uint8Array[] = [];
    for await (const piece of first.chunks) again.push(piece);
    expect(new Uint8Array(Buffer.concat(again))).toEqual(bytes);
  }
});

test("firstLine of nothing, and of a line that never ends", async () => {
  expect(await firstLine(pieces(new Uint8Array(0), 1))).toMatchObject({ line: "", isEmpty: true });
  let asked = 0;
  let ended = false;
  async function* endless() {
    try {
      for (;;) {
        asked++;
        yield new Uint8Array(2 ** 16).fill(97);
      }
    } finally {
      ended = true;
    }
  }
  const { line, chunks } = await firstLine(endless());
  expect(line).toHaveLength(2 ** 20);
  expect(asked).toBe(16);
  for await (const _ of chunks) break;
  expect(ended).toBe(true);
});
