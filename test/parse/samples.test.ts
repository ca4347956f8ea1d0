import { describe, expect, it } from "vitest";
import type { LogLine } from "../../src/model/log-line.js";
import type { Chosen, OomReport } from "../../src/model/report.js";
import { type Expected, expected } from "./expected.js";
import { findUncited } from "./provenance.js";
import { parse, parseLines, samples, toLogLine } from "./samples.js";

/** Samples whose dead the kernel does not name as the guest saw them; each with the reason. */
const namedOtherwise: Readonly<Record<string, string>> = {
  "3.10.105_amd64/m1_k8s": "the kill line names the process, the guest saw nothing else die",
  "4.4.155_amd64/g_leaderexit": "the leader had exited: the kernel names the thread, the guest the process",
  "7.3.4+deb13-arm64-16k_arm64/g_leaderexit": "the same",
};

/** A sample whose console tore a line, which no daemon does: it has no host and no wall clock. */
const torn = "4.4.155_amd64/g_tmpfs";

describe.each(samples)("sample $name", (one) => {
  const { reports, notes } = parse(one.lines);

  it("says what is expected", () => {
    expect(reports.map(summarise)).toEqual(expected[one.name]);
    expect(notes).toEqual([]);
  });

  it("comes from the kernel, architecture and page size of the truth", () => {
    for (const { kernel } of reports.filter((report) => report.trigger !== null)) {
      expect(one.truth.kernel.startsWith(kernel.release ?? "-")).toBe(true);
      expect(kernel.arch ?? one.truth.arch).toBe(one.truth.arch);
      expect(kernel.pageSizeBytes ?? one.truth.pageSizeBytes).toBe(one.truth.pageSizeBytes);
    }
  });

  it("lists the tasks that /proc listed, with their uid and adjustment", () => {
    const known = new Map(one.truth.tasks.map((task) => [task.pid, task]));
    for (const row of reports.flatMap((report) => report.tasks)) {
      const task = known.get(row.tgid);
      expect(task, `pid ${row.pid} of line ${row.line}`).toBeDefined();
      expect(row.name).toBe(row.pid === row.tgid ? withoutReturns(task?.name ?? "") : row.name);
      // The kernel prints it signed, /proc does not.
      expect(row.uid).toBe((task?.uid ?? -1) | 0);
      if (row.oomScoreAdj !== undefined) expect(row.oomScoreAdj).toBe(task?.oomScoreAdj);
    }
  });

  it("names the dead", () => {
    const died = new Set(one.truth.died.map(({ pid }) => pid));
    const named = reports.flatMap((report) => [...report.kills, ...report.sharers]);
    if (one.name in namedOtherwise) return expect(named).not.toEqual([]);
    for (const { pid, name } of named) {
      expect(died).toContain(pid);
      expect(one.truth.died.some((dead) => dead.pid === pid && withoutReturns(dead.name) === name)).toBe(true);
    }
    expect(named.length === 0).toBe(died.size === 0);
  });

  it("cites a line for every number", () => {
    for (const report of reports) expect(findUncited(report)).toEqual([]);
  });

  it("keeps all lines between its first and last", () => {
    for (const report of reports) {
      const missing = range(report.line, report.endLine).filter(
        (line) => !report.lines.some((own) => own.line === line),
      );
      // Between the ending and a late line of the reaper stand lines of others.
      const ending = Math.max(...report.kills.map(({ line }) => line), report.noKillable?.line ?? 0);
      expect(missing.filter((line) => line < ending)).toEqual([]);
    }
  });

  it("reads the same with CRLF, without levels, from another host and clock", () => {
    expect(parse(one.lines.map((line) => line.replace(/\r?$/, "\r"))).reports).toEqual(reports);
    if (one.name === torn) return;
    const plain = parseLines(
      one.lines
        .map((line) => line.replace(/^<\d>/, ""))
        .map(toLogLine)
        .map(undress),
    ).reports;
    expect(plain.map((report) => summarise(report))).toEqual(reports.map((report) => summarise(report)));
    expect(plain.map(({ id }) => id)).toEqual(reports.map(({ id }) => id));
  });

  it("gives every report an id of its own", () => {
    const ids = reports.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("the samples", () => {
  it("are all expected, and nothing else is", () => {
    expect(Object.keys(expected).sort()).toEqual(samples.map(({ name }) => name).sort());
  });

  it("say where they come from", () => {
    for (const { truth } of samples) expect(truth.source).toMatch(/lab: .* scenario /);
  });
});

function undress(line: LogLine): LogLine {
  return { ...line, host: "web-1", wallUsec: 1_700_000_000_000_000 + line.line, trust: "kernel" };
}

function withoutReturns(name: string): string {
  return name.replaceAll("\r", "");
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function chosenFacts({ pid, name, score }: Chosen): NonNullable<Expected["chosen"]> {
  return score === undefined ? [pid, name] : [pid, name, Number(score)];
}

function summarise(report: OomReport): Expected {
  const { trigger, chosen, cgroup, sharers, reaper, groupKill, sysrq, noKillable } = report;
  return {
    lines: [report.line, report.endLine],
    ...(trigger === null ? {} : { trigger: [trigger.name ?? "", trigger.pid ?? 0, trigger.order ?? 0] as const }),
    constraint: report.constraint,
    ...(cgroup.oomMemcg === null ? {} : { oomMemcg: cgroup.oomMemcg }),
    rows: report.tasks.length,
    ...(chosen === null ? {} : { chosen: chosenFacts(chosen) }),
    kills: report.kills.map(({ pid, name, role }) => [pid, name, role] as const),
    ...(report.tableAbsent ? { tableAbsent: true } : {}),
    ...(report.rateLimited ? { rateLimited: true } : {}),
    ...(report.fragment ? { fragment: true } : {}),
    ...(sharers.length === 0 ? {} : { sharers: sharers.map(({ pid }) => pid) }),
    ...(reaper.length === 0 ? {} : { reaped: reaper.map(({ pid }) => pid) }),
    ...(groupKill === null ? {} : { group: groupKill.path }),
    ...(sysrq === null ? {} : { sysrq: sysrq.line }),
    ...(noKillable === null ? {} : { noKillable: noKillable.line }),
    ...(report.complete ? {} : { missing: report.missingParts }),
    ...(report.foreignLineCount === 0 ? {} : { foreign: report.foreignLineCount }),
    ...(report.unknownLines.length === 0 ? {} : { unknown: report.unknownLines.length }),
  };
}
