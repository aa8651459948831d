/**
 * Models, checkpoints and logs on disk. Every file is written whole: under another name, flushed, renamed. Needs Node and
 * TensorFlow.js.
 *
 * @module @mhgan/gan-core/node
 */

export { type FileCheckpointsOptions, fileCheckpoints } from "./file-checkpoints.ts";
export { jsonlLog } from "./jsonl-log.ts";
export { loadModel } from "./load-model.ts";
export { saveModel } from "./save-model.ts";
