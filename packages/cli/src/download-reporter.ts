import type { DownloadProgress } from "@mhgan/datasets";
import type { Writer } from "./io.ts";
import { type Progress, progress } from "./progress.ts";

/** Shows downloads as they come, a line for each file; one of unknown size is only named. */
export function downloadReporter(out: Writer): (download: DownloadProgress) => void {
  let current: string | undefined;
  let line: Progress | undefined;
  return ({ url, received, total }) => {
    if (url !== current) {
      current = url;
      out.write(`Downloading ${url}\n`);
      line = total === undefined ? undefined : progress(out, "download", total, "bytes");
    }
    line?.update(received);
    if (received !== total) return;
    line?.finish();
    current = undefined;
  };
}
