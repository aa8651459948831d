export { type DemoOptions, runDemo } from "./commands/demo.ts";
export { type RunImagesOptions, runImages } from "./commands/run.ts";
export { type Io, UsageError, type Writer } from "./io.ts";
export { main } from "./main.ts";
