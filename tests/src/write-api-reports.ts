import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { apiEntries, apiReport, reports } from "./api-report.ts";

/** Puts what the built packages offer on record. Run as `npm run api`, which builds them first. */
const written = apiEntries.map((entry) => ({ path: entry.report, text: apiReport(entry).text }));
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports);
for (const { path, text } of written) writeFileSync(path, text);
