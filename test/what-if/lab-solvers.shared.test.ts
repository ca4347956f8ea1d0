import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import type { WhatIfOutcome } from "../../src/model/what-if.js";
import { askWhatIf } from "../../src/replay/what-if/index.js";
import { analyseText } from "../replay/analyse-text.js";
import { holdBefore } from "./hold-before.js";

const folder = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));

/** The first report of each log that names who was picked and has a table. */
const reports = readdirSync(folder)
  .filter((file) => file.endsWith(".dmesg"))
  .flatMap((file): { readonly file: string; readonly analysis: Analysis; readonly pid: number }[] => {
    const analysis = analyseText(file, decodeBytes(readFileSync(folder + file)).split("\n")).find(
      ({ report }) => report.tasks.length > 0 && report.kills.length > 0,
    );
    const picked = analysis === undefined ? undefined : askWhatIf(analysis, { edits: [] }).before.chosen;
    return analysis === undefined || picked == null ? [] : [{ file, analysis, pid: picked.pid }];
  });

/** What comes of one `oom_score_adj`, by the path that an edit takes. */
function withAdj(analysis: Analysis, pid: number, adj: number): WhatIfOutcome {
  return askWhatIf(analysis, { edits: [{ kind: "set-adj", tasks: { by: "pid", pid }, adj }] }).after;
}

/** Whether a process can die: as the choice, in its place, or with it. The kernel may name a thread of the victim. */
function canDie({ report }: Analysis, { possible, victim, alsoKilled, chosen }: WhatIfOutcome, pid: number): boolean {
  const processOf = (one: number | undefined): number | undefined =>
    report.tasks.find((row) => row.pid === one)?.tgid ?? one;
  const dead = processOf(victim?.pid);
  if (dead !== undefined && chosen?.pid === pid && dead !== pid && possible.length < 2) return false;
  return dead === pid || [...possible, ...alsoKilled].some((one) => one.pid === pid);
}

test("a what-if begins with the report's own replay, in every log", () => {
  for (const { analysis } of reports) holdBefore(analysis);
});

describe("the solvers over the lab's logs of all kernels", () => {
  it("protect: the victim lives at the answer, and may die one step above it", () => {
    const count = { answered: 0, without: 0 };
    for (const { file, analysis, pid } of reports) {
      const { protect } = askWhatIf(analysis, { edits: [], protect: { by: "pid", pid } });
      const highest = protect?.highestOomScoreAdj ?? null;
      if (highest === null) {
        count.without++;
        continue;
      }
      count.answered++;
      expect(canDie(analysis, withAdj(analysis, pid, highest), pid), `${file}: ${highest}`).toBe(false);
      if (highest < 1000)
        expect(canDie(analysis, withAdj(analysis, pid, highest + 1), pid), `${file}: ${highest + 1}`).toBe(true);
    }
    process.stdout.write(`protect: ${reports.length} reports, ${count.answered} answered, ${count.without} without\n`);
    expect(count.answered).toBeGreaterThan(350);
  });

  it("prefer: the next one is the choice at the answer, and may not be one step below it", () => {
    const count = { answered: 0, without: 0 };
    for (const { file, analysis, pid } of reports) {
      const next = analysis.replay?.ranking.find((task) => task.eligible && task.tgid !== pid);
      if (next === undefined) continue;
      const { prefer } = askWhatIf(analysis, { edits: [], prefer: { by: "pid", pid: next.tgid } });
      const lowest = prefer?.lowestOomScoreAdj ?? null;
      if (lowest === null) {
        count.without++;
        continue;
      }
      count.answered++;
      const isSure = (adj: number): boolean => {
        const { chosen, decided } = withAdj(analysis, next.tgid, adj);
        return decided && chosen?.pid === next.tgid;
      };
      expect(isSure(lowest), `${file}: ${next.name} ${lowest}`).toBe(true);
      if (lowest > -1000) expect(isSure(lowest - 1), `${file}: ${next.name} ${lowest - 1}`).toBe(false);
    }
    process.stdout.write(`prefer: ${count.answered} answered, ${count.without} without\n`);
    expect(count.answered).toBeGreaterThan(300);
  });
});

describe("who remains possible", () => {
  it("is told with all that leads there, of other processes too", () => {
    const one = reports.find(({ file }) => file === "4.19.78_amd64_g_adj.dmesg");
    if (one === undefined) throw new Error("no such log");
    const { after } = askWhatIf(one.analysis, {
      edits: [
        { kind: "set-adj", tasks: { by: "name", pattern: "a1000" }, adj: -1000 },
        { kind: "set-adj", tasks: { by: "cgroup", pattern: "/system.slice/*" }, adj: 200 },
      ],
    });
    // At 200 a0 has 30,289 points: fewer than the 30,371 that a300 keeps outside of the slice.
    expect(after.possible.find(({ name }) => name === "a0")?.when).toBe(
      "a0 (pid 30) is in /system.slice/* and a300 (pid 31) is in /system.slice/*",
    );
  });
});
