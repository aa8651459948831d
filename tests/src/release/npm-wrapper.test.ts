import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { npmWrapper } from "./npm-wrapper.ts";
import { Processes } from "./processes.ts";
import { Publishing } from "./publishing.ts";
import { redactor } from "./secrets.ts";

const elsewhere = "https://registry.example.org/";

describe("npm in a rehearsal", () => {
  it("is told last of all where to publish", () => {
    const script = npmWrapper("/bin/echo", "http://127.0.0.1:4873");
    const call = ["publish", "./a b.tgz", "--provenance", `--registry=${elsewhere}`];
    const { stdout } = spawnSync("sh", ["-c", script, "npm", ...call], { encoding: "utf8" });
    const here = "http://127.0.0.1:4873/";
    expect(stdout).toBe(
      `${call.join(" ")} --registry=${here} --@mhgan:registry=${here} --provenance=false\n`,
    );
  });

  it("publishes nowhere but here", () => {
    expect(() => npmWrapper("/bin/echo", elsewhere)).toThrow("must publish to http://127.0.0.1");
    const registry = { url: elsewhere, token: "", log: () => "" };
    expect(() => new Publishing(new Processes(redactor([])), registry, "/nowhere")).toThrow(
      "must publish to http://127.0.0.1, got registry.example.org",
    );
  });
});
