import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { oomlog } from "./cases.js";
import { memcgReports } from "./corpus.js";
import { median } from "./measure.js";

/** Seconds from the last line of a report to its explanation by `oomlog watch`: the median of so many reports. */
export async function watchDelay(reports: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "oomlog-watch-"));
  const file = join(folder, "kern.log");
  writeFileSync(file, "");
  const [program, ...parameters] = oomlog;
  const watch = spawn(program, [...parameters, "watch", "--ndjson", "--quiet", "--from-start", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const explained = createInterface({ input: watch.stdout })[Symbol.asyncIterator]();
  const delays: number[] = [];
  try {
    for (const report of memcgReports(reports)) {
      appendFileSync(file, report);
      const written = performance.now();
      if ((await explained.next()).done) throw new Error("oomlog watch has ended");
      delays.push((performance.now() - written) / 1000);
      await setTimeout(300);
    }
  } finally {
    watch.kill();
    rmSync(folder, { recursive: true });
  }
  // The first has waited for the start of the program too.
  return median(delays.slice(1));
}
