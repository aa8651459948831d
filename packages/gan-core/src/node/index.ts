export { type FileCheckpointsOptions, fileCheckpoints } from "./file-checkpoints.ts";
export { jsonlLog } from "./jsonl-log.ts";
export { loadModel } from "./load-model.ts";
export { saveModel } from "./save-model.ts";
