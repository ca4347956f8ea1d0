import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { renderText } from "../../src/render/index.js";
import { samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

/** Samples of the newest kernel that end with a verdict on a choice. */
const newest = samples.filter(
  ({ name, lines }) =>
    name.startsWith("7.3.4+") && analyseText(name, lines).every(({ verdict }) => verdict.kind === "agrees"),
);

/** The log as a kernel would print it that no row of ours knows. */
function ofLaterKernel(lines: readonly string[], edit: (line: string) => string | readonly string[]): Analysis[] {
  const later = lines.map((line) => line.replaceAll(/7\.3\.4\+deb13[\w.-]*/g, "8.4.0"));
  return analyseText("later", later.flatMap(edit));
}

const facts = ({ report, verdict }: Analysis): unknown => ({
  tasks: report.tasks.map(({ pid, name, rssPages, oomScoreAdj }) => [pid, name, rssPages, oomScoreAdj]),
  kills: report.kills.map(({ pid, name, totalVmKb, anonRssKb, oomScoreAdj }) => [
    pid,
    name,
    totalVmKb,
    anonRssKb,
    oomScoreAdj,
  ]),
  chosen: report.chosen?.pid,
  trigger: [report.trigger?.name, report.trigger?.gfpMask, report.trigger?.order],
  constraint: report.constraint,
  complete: report.complete,
  verdict: verdict.kind,
});

const same = (line: string): string => line;
const drifts: Readonly<Record<string, (line: string) => string | readonly string[]>> = {
  "its release alone": same,
  "a column at the end of the numbers": (line) =>
    line.replace(/ name$/, " rss_tier name").replace(/^(.*?\] \[ *\d+\](?: +-?\d+){10})( .*)$/, "$1       77$2"),
  "a column in the middle": (line) =>
    line
      .replace(/( total_vm +rss)( .* name)$/, "$1 rss_tier$2")
      .replace(/^(.*?\] \[ *\d+\](?: +-?\d+){4})( .*)$/, "$1      77$2"),
  "a counter of the machine": (line) => line.replace(/ isolated_anon:/, " tiered_anon:12 isolated_anon:"),
  "a counter of a node and a zone": (line) =>
    line
      .replace(/^(.*\] Node \d+ active_anon:)/, "$1")
      .replace(/ (free|isolated\(anon\)):(\d+)kB/, " tiered:8kB $1:$2kB"),
  "a counter of a memory cgroup": (line) =>
    /\] anon \d+$/.test(line) ? [line.replace(/anon \d+$/, "anon_tier 5"), line] : line,
  "a field of the trigger line": (line) => line.replace(/, order=/, ", tier=3, order="),
  "a field of the summary": (line) => line.replace(/,task=/, ",tier=2,task="),
  "a flag of the allocation": (line) => line.replace(/(gfp_mask=0x[0-9a-f]+\()/, "$1__GFP_TIERED|"),
  "a field at the end of the kill line": (line) =>
    line.replace(/( Killed process .* oom_score_adj:-?\d+)$/, "$1 tier:3"),
  "a field before the sizes of the kill line": (line) => line.replace(/\) total-vm:/, ") tier:3, total-vm:"),
};

describe("a kernel that no row knows yet", () => {
  it("is tried with logs of the newest that is known", () => {
    expect(newest.length).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(drifts))("reads the same with %s", (_, edit) => {
    for (const { name, lines } of newest) {
      const known = analyseText(name, lines);
      const later = ofLaterKernel(lines, edit);
      expect(later.map(facts), name).toEqual(known.map(facts));
      for (const { report, notes } of later) {
        expect(report.unknownLines, name).toEqual([]);
        const said = notes.filter(({ code }) => code === "kernel-assumed").map(({ message }) => message);
        if (report.kernel.release !== null)
          expect(said.join()).toMatch(/8\.4\.0 is newer than .*: its rules are assumed/);
      }
    }
  });

  it("keeps a new column by its name, and says that the points leave it out", () => {
    const edit = drifts["a column at the end of the numbers"] ?? same;
    for (const { lines } of newest) {
      for (const { report, notes } of ofLaterKernel(lines, edit)) {
        for (const { other } of report.tasks) expect(other).toEqual({ rss_tier: "77" });
        expect(notes.map(({ message }) => message).join()).toContain(
          "(rss_tier): they are taken to be no part of the points",
        );
      }
    }
  });

  it("keeps new counters by their names", () => {
    for (const { lines } of newest) {
      for (const { report } of ofLaterKernel(lines, drifts["a counter of a memory cgroup"] ?? same)) {
        const names = report.memcg?.stats.flatMap(({ counters }) => counters.map((one) => one.name)) ?? ["anon_tier"];
        expect(names).toContain("anon_tier");
      }
    }
  });

  it("takes a constraint that it does not know for no BPF program's, and says who may have made it", () => {
    for (const { name, lines } of newest) {
      const edit = (line: string): string =>
        line.replace(/constraint=CONSTRAINT_[A-Z_]+/, "constraint=CONSTRAINT_TIER");
      for (const { verdict, findings } of ofLaterKernel(lines, edit)) {
        expect(verdict.kind, name).toBe("agrees");
        expect(
          findings.filter(({ id }) => id === "bpf-oom").map(({ confidence, title }) => [confidence, title]),
        ).toEqual([
          [
            "low",
            "The kill has a constraint that no kernel read here knows (CONSTRAINT_TIER): a BPF program's, or a newer kernel's",
          ],
        ]);
      }
    }
  });

  it("says so where the table is headed by other words: its numbers may be of another unit", () => {
    for (const { lines } of newest) {
      const later = ofLaterKernel(lines, (line) => line.replace("(memory values in pages)", "(memory values in kB)"));
      for (const { report, notes } of later) {
        if (report.taskTable === null) continue;
        expect(report.unknownLines.map(({ text }) => text)).toEqual(["Tasks state (memory values in kB):"]);
        expect(notes.map(({ code }) => code)).toContain("unknown-line");
      }
    }
  });

  it("keeps a line that no rule knows, and says so", () => {
    for (const { lines } of newest) {
      const later = ofLaterKernel(lines, (line) =>
        line.includes("Tasks state (") ? [line.replace(/Tasks state.*/, "Memory tiers: 2 in use"), line] : line,
      );
      for (const analysis of later) {
        if (analysis.report.taskTable === null) continue;
        expect(analysis.report.unknownLines.map(({ text }) => text)).toEqual(["Memory tiers: 2 in use"]);
        const text = renderText(analysis, { width: 100, paint: null, verbose: true, trace: false });
        expect(text).toContain("Memory tiers: 2 in use");
      }
    }
  });
});
