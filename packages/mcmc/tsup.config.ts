import { library } from "../../tsup.shared.ts";

export default library(["src/index.ts", "src/diagnostics/index.ts", "src/predictions/index.ts"]);
