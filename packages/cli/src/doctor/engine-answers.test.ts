import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerOf, NoAnswerError } from "./engine-answers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mhgan-answers-"));
});
afterAll(() => rm(folder, { recursive: true }));

let programs = 0;
async function answer(code: string, { patience = 30_000, signal = new AbortController().signal } = {}) {
  const program = join(folder, `${programs++}.mjs`);
  await writeFile(program, code);
  return answerOf(program, ["question", "name"], signal, patience);
}

test("the answer comes through, and nothing that a library writes", async () => {
  const chatty = `console.log("Hi!"); console.error("Hi, too!"); process.send(process.argv.slice(2), () => process.exit());`;
  expect(await answer(chatty)).toEqual(["question", "name"]);
});

test.each([
  ["process.kill(process.pid, 'SIGILL'); setTimeout(() => {}, 10_000)", "it ended the process (SIGILL)"],
  ["process.exit(3)", "it ended the process (exit code 3)"],
  ["throw new TypeError('all is lost')", "all is lost"],
])("%s ends without an answer", async (code, message) => {
  const error = await answer(code).then(
    () => expect.fail("it answered"),
    (error: Error) => error,
  );
  expect(error).toBeInstanceOf(NoAnswerError);
  expect(error.message).toBe(message);
});

test("a process that hangs is ended", async () => {
  await expect(answer("for (;;);", { patience: 200 })).rejects.toThrow("it did not answer within 0.2 s");
});

test("an interruption ends the process", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("interrupted")), 200);
  await expect(answer("for (;;);", { signal: controller.signal })).rejects.toThrow("interrupted");
});
