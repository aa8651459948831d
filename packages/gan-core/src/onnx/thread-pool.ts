import type { Worker } from "node:worker_threads";
import { threadSource } from "./thread-source.ts";

/** A task of `threadSource`, made when a thread takes it, so that what waits needs no memory. */
export type Task = () => {
  readonly task: "create" | "run" | "end";
  readonly input?: object;
  readonly transfer?: readonly ArrayBuffer[];
};

interface Job {
  readonly task: Task;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Jobs given to the thread, by number: the one it does and those that wait for it there. */
  readonly jobs: Map<number, Job>;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: Error;
}

/** A thread always has its next job at hand, so that it need not wait for this one. */
const JOBS_AT_HAND = 2;

/** How long a process that exits waits for a thread in the middle of a job, in milliseconds. */
const LONGEST_WAIT = 10_000;

/**
 * Worker threads that run models. They keep the process alive only while they have work.
 *
 * A thread that is stopped in the middle of a job would take the whole process down, since the runtime's native code then fails
 * to say so: threads are never stopped, they end, and an exit of the process waits for the jobs that have begun.
 */
export class ThreadPool {
  readonly #threads: readonly Thread[];
  readonly #queue: Job[] = [];
  /** The first is 1 once the process exits; each other is 1 while its thread is at work. */
  readonly #flags: Int32Array;
  readonly #onExit = (): void => this.#waitForJobs();
  #jobCount = 0;
  /** Why no more jobs are taken. */
  #closed: Error | undefined;
  #ended: Promise<void> | undefined;

  /** @param runtime - the file that a thread requires to have the runtime. */
  constructor(runtime: string, threads: number) {
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    this.#flags = new Int32Array(new SharedArrayBuffer(4 * (threads + 1)));
    this.#threads = Array.from({ length: threads }, (_, i) => {
      const workerData = { runtime, flags: this.#flags, flag: i + 1 };
      const worker = new Worker(threadSource, { eval: true, workerData, execArgv: [], name: "onnx" });
      const thread: Thread = { worker, jobs: new Map() };
      worker.unref();
      worker.on("message", (answer: Answer) => this.#settle(thread, answer));
      worker.on("error", (error) => this.#close(error));
      worker.on("exit", () => {
        Atomics.store(this.#flags, i + 1, 0);
        if (this.#ended !== undefined) return;
        this.#close(new Error("fromOnnx: a thread that runs the models has ended unexpectedly"));
      });
      return thread;
    });
    process.on("exit", this.#onExit);
  }

  /** Has a task done by the first thread that is free. */
  once(task: Task): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) throw this.#closed;
      this.#queue.push({ task, resolve, reject });
      this.#dispatch();
    });
  }

  /** Has a task done by every thread; gives what the first one answers. */
  async everywhere(task: Task): Promise<unknown> {
    const answers = this.#threads.map(
      (thread) =>
        new Promise((resolve, reject) => {
          if (this.#closed !== undefined) throw this.#closed;
          this.#give(thread, { task, resolve, reject });
        }),
    );
    return (await Promise.all(answers))[0];
  }

  /** Ends the threads, after what they have begun. What waits for a thread, and whatever is asked from now on, fails with the reason. */
  end(reason: Error): Promise<void> {
    this.#ended ??= this.#end(reason);
    return this.#ended;
  }

  async #end(reason: Error): Promise<void> {
    this.#closed ??= reason;
    for (const { reject } of this.#queue.splice(0)) reject(reason);
    await Promise.all(
      this.#threads.map(({ worker }) => {
        if (worker.threadId === -1) return undefined; // lost before
        const gone = new Promise((resolve) => worker.once("exit", resolve));
        worker.ref();
        worker.postMessage({ task: "end" });
        return gone;
      }),
    );
    process.off("exit", this.#onExit);
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const least = this.#threads.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
      if (least.jobs.size >= JOBS_AT_HAND) return;
      this.#give(least, this.#queue.shift()!);
    }
  }

  #give(thread: Thread, job: Job): void {
    const id = this.#jobCount++;
    try {
      const { transfer = [], ...message } = job.task();
      thread.worker.postMessage({ id, ...message }, transfer);
    } catch (error) {
      job.reject(error);
      return;
    }
    thread.jobs.set(id, job);
    thread.worker.ref();
  }

  #settle(thread: Thread, { id, value, error }: Answer): void {
    const job = thread.jobs.get(id);
    thread.jobs.delete(id);
    if (thread.jobs.size === 0 && this.#ended === undefined) thread.worker.unref();
    if (error === undefined) job?.resolve(value);
    else job?.reject(error);
    this.#dispatch();
  }

  /** One thread that is lost has lost its jobs: the pool is of no more use. */
  #close(reason: Error): void {
    this.#closed ??= reason;
    for (const { reject } of this.#queue.splice(0)) reject(this.#closed);
    for (const { jobs, worker } of this.#threads) {
      for (const { reject } of jobs.values()) reject(this.#closed);
      jobs.clear();
      if (this.#ended === undefined) worker.unref();
    }
  }

  #waitForJobs(): void {
    Atomics.store(this.#flags, 0, 1);
    const end = performance.now() + LONGEST_WAIT;
    for (let i = 1; i < this.#flags.length; i++) {
      Atomics.wait(this.#flags, i, 1, Math.max(0, end - performance.now()));
    }
  }
}
