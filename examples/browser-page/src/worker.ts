import type { Reply, Request } from "./messages.ts";
import { data, qualityOf, type RingGan, realPoints, trainRingGan } from "./ring-gan.ts";
import { startTensorFlow } from "./tensorflow.ts";

/** The worker: all that takes long happens here, so that the page stays responsive. */
const reply = (message: Reply): void => self.postMessage(message);

let trained: RingGan | undefined;
let drawing = new AbortController();

async function train(seed: number): Promise<void> {
  const backend = await startTensorFlow();
  const shown = realPoints();
  const { modes, modeSd } = data;
  reply({ kind: "data", backend, points: shown, quality: qualityOf(shown), modes, modeRadius: 4 * modeSd });
  const start = performance.now();
  trained = await trainRingGan(seed, (progress) => reply({ kind: "training", ...progress }));
  const { points, z } = trained;
  const seconds = (performance.now() - start) / 1000;
  reply({ kind: "trained", seconds, points, quality: qualityOf(points), z });
}

/** Draws as asked, unless something else is asked meanwhile. */
async function draw(choice: Extract<Request, { kind: "draw" }>["choice"]): Promise<void> {
  if (trained === undefined) throw new Error("the GAN is not trained yet");
  drawing.abort();
  drawing = new AbortController();
  const { signal } = drawing;
  reply({ kind: "predicted", choice, predicted: trained.predict(choice) });
  try {
    const { points, measured } = await trained.draw(choice, signal);
    reply({ kind: "drawn", choice, measured, points, quality: qualityOf(points) });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

self.addEventListener("message", ({ data: request }: MessageEvent<Request>) => {
  const work = request.kind === "train" ? train(request.seed) : draw(request.choice);
  work.catch((error: Error) => reply({ kind: "failed", message: error.message }));
});
