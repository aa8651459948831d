import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MissingPeer } from "./missing-peer.ts";
import { pythonFailure, pythonPeer } from "./python-peer.ts";

test("a module that is missing is a missing peer, any other last word an error of the script", () => {
  const noNumpy = pythonFailure("py", "Traceback\n  ...\nModuleNotFoundError: No module named 'numpy'\n");
  expect(noNumpy).toBeInstanceOf(MissingPeer);
  expect(noNumpy).toMatchObject({ message: "No module named 'numpy' (py)", remedy: "npm run peers" });
  expect(pythonFailure("py", "ImportError: cannot import name 'x' from 'y'")).toBeInstanceOf(MissingPeer);
  const wrong = pythonFailure("py", "Traceback\nTypeError: 3 is not 4");
  expect(wrong).not.toBeInstanceOf(MissingPeer);
  expect(wrong.message).toBe("Traceback\nTypeError: 3 is not 4");
  expect(pythonFailure("py", "").message).toBe("py ended without a word");
});

test("without a Python the peer is missing", async () => {
  const python = { path: "there-is-no-such-python", env: process.env };
  const peer = pythonPeer("select_numpy.py", [], { python });
  await expect(peer).rejects.toMatchObject({ name: "MissingPeer", remedy: "npm run peers" });
});

test("whatever speaks as a peer does is measured, and says why it ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "peer-"));
  try {
    // Node in Python's place, for the tests need no Python.
    const script = join(folder, "peer.mjs");
    writeFileSync(
      script,
      `import { createInterface } from "node:readline";
      console.log(JSON.stringify({ Python: process.argv[2] }));
      let runs = 0;
      for await (const _ of createInterface({ input: process.stdin })) {
        if (++runs === 2) { console.error("ValueError: enough"); process.exit(1); }
        console.log(JSON.stringify({ seconds: 0.5, facts: { proposals: 7 } }));
      }`,
    );
    const python = { path: process.execPath, env: process.env };
    const peer = await pythonPeer(script, ["3.11"], { python });
    expect(peer.versions).toEqual({ Python: "3.11" });
    expect(await peer.measure()).toBe(0.5);
    expect(peer.facts()).toEqual({ proposals: 7 });
    await expect(peer.measure()).rejects.toThrow("ValueError: enough");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
