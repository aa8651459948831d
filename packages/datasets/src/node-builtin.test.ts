import { afterEach, expect, test, vi } from "vitest";
import { nodeBuiltin } from "./node-builtin.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("nodeBuiltin gives Node's modules", async () => {
  expect(nodeBuiltin("caller", "node:path").join("a", "b")).toBe((await import("node:path")).join("a", "b"));
});

test.each([undefined, {}])("nodeBuiltin says who needs Node where process is %j", (process) => {
  vi.stubGlobal("process", process);
  let message = "";
  try {
    nodeBuiltin("readIdxFile", "node:zlib");
  } catch (error) {
    message = (error as Error).message;
  }
  vi.unstubAllGlobals(); // before `expect`, which needs it
  expect(message).toBe(
    "readIdxFile: the runtime must be Node 20.16 or newer (or have its built-in modules), got none",
  );
});
