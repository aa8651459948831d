import { library } from "../../tsup.shared.ts";

export default library(["src/index.ts", "src/bin.ts", "src/sample-worker.ts"], ["src/index.ts"]);
