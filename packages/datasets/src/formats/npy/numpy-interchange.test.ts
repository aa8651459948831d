import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { described, fromBase64, type NumpyArray, numpyFiles, valuesOf } from "../../testing/numpy-files.ts";
import { formatNpy } from "./format-npy.ts";
import { formatNpz } from "./format-npz.ts";
import type { NpyArray } from "./npy-array.ts";
import { parseNpy } from "./parse-npy.ts";
import { parseNpz } from "./parse-npz.ts";

// Where Python with NumPy is installed, both directions are tried with it. Elsewhere the files that NumPy wrote, which
// golden/ holds, are all that is tested, here as well as in the tests of each function.

/** Reads our files, says what is in them, and writes them anew. */
const PROGRAM = `
import base64, io, json, sys, zipfile
import numpy as np

def numbers(array):
    flat = array.ravel()
    if np.iscomplexobj(flat):
        flat = np.stack([flat.real, flat.imag], axis=1).ravel()
    if flat.dtype.kind == "f":
        flat = flat.astype("f8")
    return [repr(x) for x in (flat.astype("u1") if flat.dtype == bool else flat).tolist()]

def described(name, array):
    return {"name": name, "dtype": array.dtype.name, "shape": list(array.shape), "numbers": numbers(array)}

def base64_of(write):
    file = io.BytesIO()
    write(file)
    return base64.b64encode(file.getvalue()).decode()

given = json.load(sys.stdin)
files = [io.BytesIO(base64.b64decode(file)) for file in given["npy"]]
arrays = [np.load(file, allow_pickle=False) for file in files]
fortran = [a.astype(a.dtype.newbyteorder(">"), order="F") for a in arrays]
archives = [io.BytesIO(base64.b64decode(file)) for file in given["npz"]]
damaged = [zipfile.ZipFile(archive).testzip() for archive in archives]
for archive in archives:
    archive.seek(0)
loaded = [np.load(archive, allow_pickle=False) for archive in archives]
named = {name: loaded[0][name] for name in loaded[0].files}
json.dump({
    "arrays": [described("", a) for a in arrays],
    "saved": [base64_of(lambda file: np.save(file, a)) for a in arrays],
    "fortran": [base64_of(lambda file: np.save(file, a)) for a in fortran],
    "damaged": damaged,
    "archives": [[described(name, archive[name]) for name in archive.files] for archive in loaded],
    "stored": base64_of(lambda file: np.savez(file, **named)),
    "deflated": base64_of(lambda file: np.savez_compressed(file, **named)),
}, sys.stdout)
`;

interface Answer {
  readonly arrays: readonly NumpyArray[];
  readonly saved: readonly string[];
  readonly fortran: readonly string[];
  readonly damaged: readonly (string | null)[];
  readonly archives: readonly (readonly NumpyArray[])[];
  readonly stored: string;
  readonly deflated: string;
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** What NumPy answers, or nothing where it is not installed. */
function askNumpy(npy: readonly Uint8Array[], npz: readonly Uint8Array[]): Answer | undefined {
  const python = "/usr/bin/python3";
  if (spawnSync(python, ["-c", "import numpy"]).status !== 0) return undefined;
  const input = JSON.stringify({ npy: npy.map(toBase64), npz: npz.map(toBase64) });
  const { status, stdout, stderr } = spawnSync(python, ["-c", PROGRAM], {
    input,
    encoding: "utf8",
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    maxBuffer: 2 ** 28,
  });
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

test("NumPy reads what is written here, and its files are read here", async () => {
  const arrays = numpyFiles.npy.map(({ file }) => parseNpy(fromBase64(file)));
  const named = new Map(arrays.map((array, i): [string, NpyArray] => [`${array.dtype}/№ ${i}`, array]));
  const npz = [await formatNpz(named), await formatNpz(named, { compress: true })];
  for (const archive of npz) expect(await parseNpz(archive)).toEqual(named);
  const answer = askNumpy(arrays.map(formatNpy), npz);
  if (answer === undefined) return;

  expect(answer.arrays.map(valuesOf)).toEqual(arrays.map(described));
  expect(answer.saved).toEqual(arrays.map((array) => toBase64(formatNpy(array))));
  expect(answer.fortran.map((file) => parseNpy(fromBase64(file)))).toEqual(arrays);
  expect(answer.damaged).toEqual([null, null]);
  const inArchive = [...named].map(([name, array]) => ({ name, ...described(array) }));
  for (const archive of answer.archives) {
    expect(archive.map((array) => ({ name: array.name, ...valuesOf(array) }))).toEqual(inArchive);
  }
  expect(await parseNpz(fromBase64(answer.stored))).toEqual(named);
  expect(await parseNpz(fromBase64(answer.deflated))).toEqual(named);
});
