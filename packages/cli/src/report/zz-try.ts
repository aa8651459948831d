import { writeFileSync } from "node:fs";
import { reportOf } from "./report.ts";
import { sampleReportData } from "./testing/sample-report-data.ts";

console.time("data");
const data = await sampleReportData();
console.timeEnd("data");
writeFileSync("/tmp/report-sample.html", reportOf(data));
