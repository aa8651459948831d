import { backendNames } from "@mhgan/gan-core";
import { expect, test } from "vitest";
import { type EngineQuestion, NoAnswerError } from "./engine-answers.ts";
import { findBackends } from "./find-backends.ts";

test("one process tells of all backends", async () => {
  const asked: string[] = [];
  const all = [{ backend: "wasm", status: "usable", reason: "", advice: "" }];
  const ask = async (question: EngineQuestion) => {
    asked.push(question);
    return all;
  };
  expect(await findBackends(ask)).toBe(all);
  expect(asked).toEqual(["backends"]);
});

test("the backend that takes its process down is found, and the others are described", async () => {
  const ask = async (question: EngineQuestion, name: string) => {
    if (question === "backends" || name === "tfjs-node")
      throw new NoAnswerError("it ended the process (SIGILL)");
    return { backend: name, status: "usable", reason: "", advice: "" };
  };
  const found = await findBackends(ask);
  expect(found.map(({ backend }) => backend)).toEqual(backendNames);
  expect(found.filter(({ fatal }) => fatal)).toEqual([
    {
      backend: "tfjs-node",
      status: "broken",
      reason: "it ended the process (SIGILL)",
      advice: "remove its package, or name another backend, such as --backend wasm",
      fatal: true,
    },
  ]);
});

test("another failure is no fault of a backend", async () => {
  await expect(findBackends(() => Promise.reject(new Error("no such program")))).rejects.toThrow(
    "no such program",
  );
});
