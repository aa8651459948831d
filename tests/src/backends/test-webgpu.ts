import { existsSync } from "node:fs";
import { runSuite } from "./run-suite.ts";
import { installScratchPackages, scratchFolder, tfjsVersion } from "./scratch-packages.ts";

/**
 * `npm run test:webgpu`: runs the tests of gan-core on WebGPU in Node, by Dawn, Chromium's WebGPU.
 *
 * It takes the GPU that Vulkan offers. Where `VK_ICD_FILENAMES` names no driver and Debian's Chromium is installed, that is its SwiftShader, a GPU in software.
 */
const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";

const modules = installScratchPackages(scratchFolder("webgpu"), [
  `@tensorflow/tfjs-backend-webgpu@${tfjsVersion()}`,
  "webgpu@0.6.2",
]);
const environment: NodeJS.ProcessEnv =
  process.env["VK_ICD_FILENAMES"] === undefined && existsSync(swiftShader)
    ? { VK_ICD_FILENAMES: swiftShader, LD_LIBRARY_PATH: "/usr/lib/chromium" }
    : {};
runSuite("webgpu", modules, process.argv.slice(2), environment);
