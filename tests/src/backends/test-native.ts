import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { runShown, say } from "./commands.ts";
import { runSuite } from "./run-suite.ts";
import { installScratchPackages, scratchFolder, tfjsVersion } from "./scratch-packages.ts";

/**
 * `npm run test:native`: builds `@tensorflow/tfjs-node` against the TensorFlow of a Python wheel and runs the tests of gan-core on it.
 *
 * The package's own installation downloads libtensorflow 2.9.1 and a binding from one server. The wheel `tensorflow-cpu` has a newer
 * libtensorflow with the same C interface, its headers beside it, and comes from any PyPI mirror. docs/backends.md tells the story.
 *
 * With `--gpu` it is `@tensorflow/tfjs-node-gpu` and the wheel `tensorflow`, which is built with CUDA; that needs a GPU and CUDA's libraries.
 * Other arguments are names of test files, as vitest takes them.
 *
 * Needs Linux, python3 with pip, unzip, a C++ compiler and make.
 */
const gpu = process.argv.includes("--gpu");
const backend = gpu ? "tfjs-node-gpu" : "tfjs-node";
const wheelName = gpu ? "tensorflow" : "tensorflow-cpu";
const tensorflow = process.env["MHGAN_TENSORFLOW"] ?? "2.15.1"; // 2.19.1 works too; 2.9.3, as old as the binding, has no libtensorflow_cc
const folder = scratchFolder(`${wheelName}-${tensorflow}`);

/** libtensorflow and its headers, from the wheel; gives the folder that holds them. */
function unpackTensorFlow(): string {
  const unpacked = join(folder, "wheel");
  const done = join(unpacked, "tensorflow/libtensorflow_cc.so.2");
  if (!existsSync(done)) {
    say(`Downloading ${wheelName} ${tensorflow} (some hundred megabytes)`);
    rmSync(unpacked, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    const which = ["--no-deps", "--only-binary=:all:", "--python-version=3.11", "--dest=."];
    runShown(unpacked, "python3", [
      "-m",
      "pip",
      "download",
      "--quiet",
      ...which,
      `${wheelName}==${tensorflow}`,
    ]);
    const wheel = readdirSync(unpacked).find((name) => name.endsWith(".whl"))!;
    runShown(unpacked, "unzip", ["-q", wheel, "tensorflow/include/*", "tensorflow/libtensorflow_*"]);
    rmSync(join(unpacked, wheel));
  }
  return join(unpacked, "tensorflow");
}

/** Puts libtensorflow where the package looks for it, under the names by which it is linked (first) and loaded (second). */
function linkTensorFlow(unpacked: string, deps: string): void {
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  symlinkSync(join(unpacked, "include"), join(deps, "include"));
  for (const [linked, loaded] of [
    ["libtensorflow.so", "libtensorflow_cc.so.2"],
    ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
  ] as const) {
    symlinkSync(join(unpacked, loaded), join(deps, "lib", loaded));
    symlinkSync(loaded, join(deps, "lib", linked));
  }
}

/** The headers of Node that most installations bring along; without them node-gyp downloads them. */
function nodeHeaders(): NodeJS.ProcessEnv {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, "include/node/node_api.h")) ? { npm_config_nodedir: prefix } : {};
}

if (process.platform !== "linux") throw new Error(`test:native needs Linux, got ${process.platform}`);
const modules = installScratchPackages(folder, [`@tensorflow/${backend}@${tfjsVersion()}`]);
const addon = join(modules, "@tensorflow", backend);
if (!existsSync(join(addon, "lib"))) {
  linkTensorFlow(unpackTensorFlow(), join(addon, "deps"));
  say("Building the binding");
  runShown(
    addon,
    process.execPath,
    [join(modules, "@mapbox/node-pre-gyp/bin/node-pre-gyp"), "install", "--build-from-source"],
    nodeHeaders(),
  );
}
const filters = process.argv.slice(2).filter((argument) => argument !== "--gpu");
runSuite(backend, modules, filters, { TF_CPP_MIN_LOG_LEVEL: process.env["TF_CPP_MIN_LOG_LEVEL"] ?? "2" });
