/**
 * What a thread of a {@link ThreadPool} runs, in JavaScript. A string and no file, so that it is found wherever the package is: built, as
 * TypeScript, required, or bundled with a program.
 *
 * Tasks are done one after the other. Around each the thread raises its flag, for the pool to see when the process exits.
 */
export const threadSource = `
const { parentPort, workerData } = require("node:worker_threads");
const { runtime, flags, flag } = workerData;
const sessions = new Map();

const tasks = {
  async create({ session, model, options }) {
    const created = await require(runtime).InferenceSession.create(model, options);
    sessions.set(session, created);
    const { inputNames, outputNames, inputMetadata, outputMetadata } = created;
    return { inputNames, outputNames, inputMetadata, outputMetadata };
  },
  async run({ session, feeds }) {
    const { Tensor } = require(runtime);
    const tensors = feeds.map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)]);
    const results = await sessions.get(session).run(Object.fromEntries(tensors));
    // Copied, as the runtime's own memory cannot be handed over.
    return Object.fromEntries(
      Object.entries(results).map(([name, { type, data, dims }]) => [name, { type, data: data.slice(), dims }]),
    );
  },
  async end() {
    parentPort.close();
    for (const session of sessions.values()) await session.release();
  },
};

async function perform({ id, task, input }) {
  Atomics.store(flags, flag, 1);
  try {
    if (Atomics.load(flags, 0) === 1) return; // the process exits
    return { id, value: await tasks[task](input) };
  } catch (error) {
    return { id, error: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    Atomics.store(flags, flag, 0);
    Atomics.notify(flags, flag);
  }
}

const buffersOf = (task, value) =>
  task === "run" && value ? Object.values(value).flatMap(({ data }) => data.buffer ?? []) : [];

let last = Promise.resolve();
parentPort.on("message", (message) => {
  last = last.then(async () => {
    const answer = await perform(message);
    if (answer) parentPort.postMessage(answer, buffersOf(message.task, answer.value));
  });
});
`;
