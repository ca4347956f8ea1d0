import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "../replay/analyse-text.js";
import { AdviceChecker } from "./advice-checker.js";
import { Tracer } from "./trace.js";

const folder = fileURLToPath(new URL("../../../shared/corpus/logs/", import.meta.url));
const files = readdirSync(folder).sort();
const analysesOf = new Map<string, readonly Analysis[]>();

const advice = new AdviceChecker();

describe.each(files)("%s", (file) => {
  const lines = decodeBytes(readFileSync(folder + file)).split("\n");
  const analyses = analyseText(file, lines);
  analysesOf.set(file.slice(0, 3), analyses);

  it("has no number that does not stand on its lines, and no rule that fails", () => {
    const tracer = new Tracer(analyses, lines);
    expect(analyses.flatMap((analysis) => tracer.untraced(analysis))).toEqual([]);
    expect(analyses.flatMap(({ notes }) => notes.filter(({ code }) => code === "rule-failed"))).toEqual([]);
  });

  it("advises nothing that its kernel lacks (it did: smaps_rollup on 2.6.32, MemoryMax= where systemd had none)", () => {
    expect(advice.faultsIn(analyses)).toEqual([]);
  });
});

test("all commands can be pasted", () => {
  expect(advice.shellErrors()).toBe("");
});

interface Answer {
  /** `NUMBER#REPORT`, the report counted from 1. */
  readonly report: string;
  /** What an expert answered (or, marked so, what its counters plainly say). */
  readonly expert: string;
  /** Findings either of which is that answer. */
  readonly top: readonly string[];
  /** Findings that must stand below it. */
  readonly also?: readonly string[];
  /** Where the answer is not the expert's: the lines of the log that refute it. */
  readonly refuted?: { readonly lines: readonly number[]; readonly text: string };
}

/** Public logs that somebody who knew answered. */
const answers: readonly Answer[] = [
  {
    report: "085#2",
    expert: "page leak in the SUNRPC send path",
    top: ["unaccounted-kernel-pages"],
    also: ["no-killable"],
  },
  { report: "076#1", expert: "the host's balloon", top: ["balloon"] },
  { report: "056#1", expert: "a cpuset with a movable node only", top: ["movable-only-node"], also: ["cpuset-limit"] },
  { report: "064#1", expert: "kernel memory at the limit", top: ["memcg-kernel-memory"] },
  { report: "064#2", expert: "a false global OOM from a page fault", top: ["page-fault-oom"], also: ["panic-on-oom"] },
  { report: "087#1", expert: "a bad swap entry, no shortage", top: ["page-fault-oom"] },
  { report: "051#1", expert: "dirty pages that nobody wrote", top: ["memcg-dirty-writeback"] },
  {
    report: "058#1",
    expert: "low memory, and cache that reclaim left",
    top: ["lowmem-exhausted"],
    also: ["file-cache-not-reclaimed"],
  },
  { report: "061#1", expert: "the same", top: ["lowmem-exhausted"], also: ["file-cache-not-reclaimed"] },
  { report: "075#1", expert: "the same", top: ["lowmem-exhausted"], also: ["file-cache-not-reclaimed"] },
  {
    report: "069#1",
    expert: "the same, and CMA",
    top: ["cma-not-usable"],
    also: ["lowmem-exhausted", "file-cache-not-reclaimed"],
  },
  {
    report: "149#1",
    expert: "64 GB on a 32-bit kernel",
    top: ["lowmem-exhausted"],
    also: ["allocating-task", "child-sacrificed"],
  },
  { report: "156#1", expert: "an allocation of order 3 in KVM", top: ["fragmentation-high-order"] },
  { report: "164#1", expert: "fragmented", top: ["fragmentation-high-order"] },
  {
    report: "097#1",
    expert: "inodes held by a test",
    top: ["slab-unreclaimable-leak"],
    also: ["slab-reclaimable-stuck"],
  },
  {
    report: "080#1",
    expert: "a debug kernel that reserves 722 MiB",
    top: ["lowmem-exhausted"],
    also: ["reserved-memory-large", "no-killable"],
  },
  { report: "099#1", expert: "a limit below the kernel's own charges", top: ["memcg-limit-too-small"] },
  { report: "105#1", expert: "the same", top: ["memcg-limit-too-small"] },
  { report: "102#1", expert: "a test that fills all memory", top: ["single-anon-hog"] },
  { report: "103#1", expert: "the same", top: ["single-anon-hog"] },
  { report: "048#1", expert: "a cpuset; the victim is on another node", top: ["cpuset-limit"] },
  { report: "088#1", expert: "a memory policy; the victim is on another node", top: ["numa-mempolicy"] },
  { report: "151#1", expert: "the same", top: ["numa-mempolicy"] },
  {
    report: "084#2",
    expert: "points of an interim kernel",
    top: ["single-anon-hog"],
    also: ["selection-kernel-defect", "collateral-victim"],
  },
  {
    report: "068#1",
    expert: "an ancestor's limit, killed as a group",
    top: ["memcg-limit-own"],
    also: ["oom-group"],
    refuted: { lines: [411, 412], text: "oom_memcg and task_memcg are the same cgroup" },
  },
  { report: "071#1", expert: "thirty processes of one test", top: ["same-name-group"] },
  { report: "078#1", expert: "an initramfs too big for the board", top: ["tiny-ram-or-kdump"] },
  {
    report: "049#1",
    expert: "swap cache that reclaim skipped",
    top: ["memcg-limit-too-small", "memcg-limit-own"],
    also: ["memcg-unaccounted"],
  },
  {
    report: "013#1",
    expert: "(our reading) 458 php-fpm",
    top: ["same-name-group"],
    also: ["swap-full", "collateral-victim"],
  },
  {
    report: "131#1",
    expert: "(our reading) php-fpm, and swap that lies idle",
    top: ["same-name-group"],
    also: ["swap-unused"],
  },
  ...["027#1", "028#1", "029#1", "031#1"].map((report) => ({
    report,
    expert: "a benchmark bound to a node",
    top: ["numa-mempolicy"],
  })),
];

test.each(answers)("$report: $expert", ({ report, top, also = [] }) => {
  const [file = "", at = ""] = report.split("#");
  const findings = analysesOf.get(file)?.[Number(at) - 1]?.findings.map(({ id }) => id) ?? [];
  expect(top).toContain(findings[0]);
  for (const id of also) expect(findings).toContain(id);
});

test("at most two answers are not the expert's, each with the lines that refute it", () => {
  const refuted = answers.filter((answer) => answer.refuted !== undefined);
  expect(refuted.length).toBeLessThanOrEqual(2);
  for (const { report, refuted: by } of refuted) {
    const [file = ""] = report.split("#");
    const summary = analysesOf.get(file)?.[0]?.report.summary;
    expect(by?.lines).toContain(summary?.line);
    expect(summary?.oomMemcg).toBe(summary?.taskMemcg);
  }
});
