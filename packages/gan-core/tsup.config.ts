import { library } from "../../tsup.shared.ts";

export default library(["src/index.ts", "src/tfjs/index.ts", "src/node/index.ts", "src/onnx/index.ts"]);
