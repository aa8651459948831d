import { describe, expect, it } from "vitest";
import { stepOutputs, workflowStep } from "./workflow-step.ts";

const workflow = `
jobs:
  publish:
    steps:
      - uses: actions/setup-node@v6
      - name: Say it
        run: |
          echo one
          echo two
      - name: Say what GitHub knows
        run: echo \${{ github.sha }}
`;

describe("workflowStep", () => {
  it("gives the shell of a step", () => {
    expect(workflowStep(workflow, "publish", "Say it")).toBe("echo one\necho two\n");
  });

  it("refuses what is not there, or not whole", () => {
    expect(() => workflowStep(workflow, "publish", "Say nothing")).toThrow("must have a step named");
    expect(() => workflowStep(workflow, "pack", "Say it")).toThrow("the job pack must have");
    expect(() => workflowStep(workflow, "publish", "Say what GitHub knows")).toThrow("from its environment");
  });
});

describe("stepOutputs", () => {
  it("reads values of one line and of several", () => {
    const outputs = stepOutputs("count=2\nsums<<END\na  b\nc=d\nEND\nlast=x=y\n");
    expect([...outputs]).toEqual([
      ["count", "2"],
      ["sums", "a  b\nc=d"],
      ["last", "x=y"],
    ]);
    expect(stepOutputs("sums<<END\nEND\n").get("sums")).toBe("");
    expect(() => stepOutputs("sums<<END\na\n")).toThrow("sums must end with a line END");
  });
});
