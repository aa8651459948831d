import { type BackendName, backendNames } from "../backend-names.ts";

const asked = process.env["MHGAN_TEST_BACKENDS"]?.split(",");

for (const name of asked ?? []) {
  if (!(backendNames as readonly string[]).includes(name)) {
    throw new RangeError(`MHGAN_TEST_BACKENDS must name some of ${backendNames.join(", ")}, got ${name}`);
  }
}

/**
 * The backends that tests of whole models run on: those of this repository's dependencies, or the ones that `MHGAN_TEST_BACKENDS` names.
 *
 * `describe.each(testBackends)("on %s", (backend) => { beforeEach(() => useBackend(backend)); … })`. Such tests read tensors by `data()`:
 * `dataSync()` cannot wait for a GPU.
 */
export const testBackends: readonly BackendName[] = (asked as BackendName[] | undefined) ?? ["cpu", "wasm"];
