import { fileURLToPath } from "node:url";
import { randomStream } from "@mhgan/mcmc";
import { fromOnnx } from "../onnx/from-onnx.ts";

// Generates with three threads and ends as it is told: node onnx-in-a-process.ts release|idle|exit|throw.
const golden = (name: string): string =>
  fileURLToPath(new URL(`../onnx/golden/images-${name}.onnx`, import.meta.url));
/** In a call: enough for some 100 ms. */
const ROWS = 50_000;
const gan = await fromOnnx({
  generator: golden("generator"),
  discriminator: golden("discriminator"),
  output: "probability",
  threads: 3,
  batchSize: ROWS,
});
await gan.generate(3, randomStream(1));
const ending = process.argv[2];
if (ending === "release") await gan.release();
if (ending === "exit" || ending === "throw") {
  const latents = new Float32Array(gan.latent.size * ROWS * 6);
  void gan.latent.decode(latents);
  setTimeout(() => {
    if (ending === "exit") process.exit(4);
    throw new Error("thrown on purpose");
  }, 100);
}
process.stdout.write("done\n");
