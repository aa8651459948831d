import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadKmnist } from "./kmnist.ts";
import { loadMnist } from "./mnist.ts";

// Two images of 2 × 3 pixels under the names of the test part.
const dataDir = fileURLToPath(new URL("../../test/fixtures", import.meta.url));

test.each([
  ["loadMnist", loadMnist, "9"],
  ["loadKmnist", loadKmnist, "wo"],
] as const)("%s reads the form of MNIST and names the classes", async (name, load, last) => {
  const { test: part, classNames, source } = await load({ dataDir, only: "test", verify: false });
  expect(part.images.shape).toEqual([2, 2, 3]);
  expect([...part.labels.data]).toEqual([9, 2]);
  expect(classNames).toHaveLength(10);
  expect(classNames[part.labels.data[0]!]).toBe(last);
  expect(source).toEqual({ kind: "dataDir", folder: dataDir });
  await expect(load({ dataDir, only: "test" })).rejects.toThrow(
    /t10k-images-idx3-ubyte\.gz must (have|be) the published/,
  );
  await expect(load({ only: "both" as never })).rejects.toThrow(
    new RangeError(`${name}: only must be "train" or "test", got both`),
  );
  await expect(load({ cacheDir: "/no/such", offline: true })).rejects.toThrow(
    /got neither \(the download is off \(offline: true\)\)\. Download the files and pass their folder as dataDir/,
  );
});
