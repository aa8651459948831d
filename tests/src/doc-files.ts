import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNpy } from "@mhgan/datasets";
import { saveModel } from "@mhgan/gan-core/node";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { generator } from "./doc-given.ts";
import { root } from "./workspace.ts";

/** The files that examples name: images, arrays, and models in two formats. */
export async function writeDocFiles(folder: string): Promise<void> {
  const within = (path: string): string => join(folder, path);
  for (const path of ["faces/anna", "img_align_celeba"]) mkdirSync(within(path), { recursive: true });
  const grey = {
    data: new Uint8Array(64 * 64 * 3).fill(203),
    width: 64,
    height: 64,
    channels: 3,
    depth: 8,
  } as const;
  writeFileSync(within("faces/anna/001.png"), encodePng(grey));
  const [width, height] = [178, 218];
  const jpeg = encodeJpeg({ width, height, data: Buffer.alloc(4 * width * height, 128) }, 90);
  writeFileSync(within("img_align_celeba/000001.jpg"), jpeg.data);
  const images = { data: Float32Array.from({ length: 200 * 4 }, (_, i) => i), shape: [200, 2, 2] };
  writeFileSync(within("images.npy"), formatNpy(images));
  for (const name of ["generator", "discriminator"])
    for (const copy of [name, name.charAt(0)])
      cpSync(join(root, `examples/onnx-gan/models/${name}.onnx`), within(`${copy}.onnx`));
  await saveModel(generator, within("models/generator"));
}

/** Answers `fetch` of https://example.org with the files of a folder. */
export function fetchFrom(folder: string): typeof fetch {
  return async (input) => {
    const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
    if (hostname !== "example.org") throw new TypeError(`an example must not fetch from ${hostname}`);
    return new Response(readFileSync(join(folder, pathname)));
  };
}
