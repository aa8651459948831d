import { createRequire } from "node:module";
import os from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly tfjs: string;
}

/** What the figures depend on besides the code. */
export function machine(): Machine {
  const require = createRequire(import.meta.url);
  const { version } = require("@tensorflow/tfjs-core/package.json") as { version: string };
  return {
    cpu: os.cpus()[0]?.model.trim() ?? "unknown",
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.version,
    tfjs: version,
  };
}

/** The machine in a line. */
export function machineText(on: Machine): string {
  return `${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB, ${on.platform}, Node ${on.node}, tfjs ${on.tfjs}.`;
}
