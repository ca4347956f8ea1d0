import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "./analyse-text.js";

/** The first report of a sample of which some text was changed. */
function edited(name: string, from: RegExp, to: string): Analysis {
  const lines = sample(name).lines.map((line) => line.replace(from, to));
  expect(lines).not.toEqual(sample(name).lines);
  const [analysis] = analyseText(name, lines);
  if (analysis === undefined) throw new Error(`no report in ${name}`);
  return analysis;
}

function failedIn({ verdict }: Analysis): readonly string[] {
  return verdict.checks.filter(({ ok }) => ok === false).map(({ id }) => id);
}

describe("a log that was changed", () => {
  it("fails the check of a printed score, and no cpuset is made up for it", () => {
    const analysis = edited("4.4.155_amd64/g_tmpfs", /score 171/, "score 40");
    expect(failedIn(analysis)).toEqual(["printed-score"]);
    expect(analysis.report.constraint).toBe("CONSTRAINT_NONE");
    expect(analysis.scenario?.totalPages).toMatchObject({ min: 62900, max: 62900 });
  });

  it("fails a check where the row of the chosen task was enlarged", () => {
    const analysis = edited("4.4.155_amd64/g_tmpfs", /\b11118\b/, "61118");
    expect(failedIn(analysis)).toContain("printed-score");
    expect(analysis.report.constraint).toBe("CONSTRAINT_NONE");
  });

  it.each(["MEMORY_POLICY", "MEMCG"])("fails a check where the constraint was made CONSTRAINT_%s", (constraint) => {
    const name = "6.12.117+deb13-cloud-amd64_amd64/g_uid_max";
    expect(failedIn(edited(name, /constraint=CONSTRAINT_NONE/, `constraint=CONSTRAINT_${constraint}`))).toContain(
      "constraint-scope",
    );
  });

  it("fails a check where a row has more resident than it is made of", () => {
    const name = "7.3.4+deb13-cloud-amd64_amd64/m2_nested";
    const [row] = sample(name).lines.flatMap((line) => /\] +\d+ +\d+ +\d+ +\d+ +(\d{4,}) /.exec(line)?.[1] ?? []);
    expect(failedIn(edited(name, new RegExp(` ${row} `), ` 9${row} `))).toContain("row-parts");
  });

  it.each([
    ["victim-name", /(Killed process \d+) \([^)]*\)/, "$1 (other)"],
    ["victim-uid", /(,task=.*,uid=)\d+/, "$112345"],
    ["victim-uid", /UID:\d+/, "UID:12345"],
  ])("fails the check %s where a line was made to tell of somebody else", (check, from, to) => {
    expect(failedIn(edited("7.3.4+deb13-cloud-amd64_amd64/m2_nested", from, to))).toEqual([check]);
  });

  it("differs where another task is named", () => {
    const analysis = edited("4.4.155_amd64/g_tmpfs", /(Kill(?:ed)? process) \d+ \(app2\)/, "$1 36 (app1)");
    expect(analysis.verdict.kind).toBe("differs");
  });
});

describe("a table that was shortened", () => {
  it.each(["...", "[snip]"])("by %j leaves the choice open", (mark) => {
    const lines = [...sample("4.4.155_amd64/g_tmpfs").lines];
    const row = lines.findIndex((line) => line.includes("app1"));
    lines.splice(row, 1, mark);
    const [analysis] = analyseText("shortened", lines);
    expect(analysis?.report.taskTable?.cut).toBe(true);
    expect(analysis?.verdict.kind).toBe("undecidable");
    expect(analysis?.verdict.possibleVictims?.[0]).toMatchObject({ name: "app2", pid: 37 });
  });
});

describe("a child that died in its parent's place", () => {
  it("is the victim of the re-run, and the one whom the decision path says was killed", () => {
    const [analysis] = analyseText("3.2.71_amd64/g_children", sample("3.2.71_amd64/g_children").lines);
    expect(analysis?.report.kills[0]).toMatchObject({ pid: 22, name: "child2" });
    expect(analysis?.replay).toMatchObject({ chosen: { pid: 20 }, victim: { pid: 22, name: "child2" } });
    const outcomes = analysis?.replay?.steps.map(({ step, outcome }) => `${step}: ${outcome}`);
    expect(outcomes).toContain("sacrifice: its child child2 (pid 22) dies in its place");
    expect(outcomes).toContain("kill: child2 (pid 22) is killed");
  });
});

describe("a log that ends before the kill line", () => {
  it("is not said to show the kill", () => {
    const { lines } = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    const [analysis] = analyseText(
      "cut",
      lines.slice(
        0,
        lines.findIndex((line) => line.includes("Killed process")),
      ),
    );
    expect(analysis?.verdict.sentence).toContain("Its kill line is not in this log.");
    const kill = analysis?.replay?.steps.find(({ step }) => step === "kill");
    expect(kill).toMatchObject({ evidence: "computed" });
    expect(kill?.outcome).toContain("would be killed; no kill line is in this log");
  });
});

describe("a panic that found nobody", () => {
  it("is the end of the decision path, whoever the re-run finds in the table", () => {
    const { lines } = sample("6.12.117+deb13-cloud-amd64_amd64/g_uid_max");
    const at = lines.findIndex((line) => line.includes("oom-kill:"));
    const stamp = /^.*?\] /.exec(lines[at] ?? "")?.[0] ?? "";
    const [analysis] = analyseText("panic", [
      ...lines.slice(0, at),
      `${stamp}Out of memory and no killable processes...`,
      `${stamp}Kernel panic - not syncing: System is deadlocked on memory`,
    ]);
    expect(analysis?.verdict.kind).toBe("none");
    const steps = analysis?.replay?.steps.map(({ step }) => step) ?? [];
    expect(steps.at(-1)).toBe("nothing-eligible");
    expect(steps).not.toContain("kill");
    expect(analysis?.replay?.steps.find(({ step }) => step === "panic-on-oom")?.evidence).toBe("not-visible");
  });
});

describe("a panic line that is cut at its end", () => {
  it("is the panic all the same", () => {
    const { lines } = sample("6.12.117+deb13-cloud-amd64_amd64/g_uid_max");
    const at = lines.findIndex((line) => line.includes("oom-kill:"));
    const [analysis] = analyseText("cut panic", [
      ...lines.slice(0, at),
      "<4>[  100.000001] Out of memory and no killable processes...",
      "<0>[  100.000002] Kernel panic - not syncing: System is",
    ]);
    expect(analysis?.report.panic).toMatchObject({ message: "System is", line: at + 2 });
  });
});

describe("an OOM origin", () => {
  it("is shown by the frame of swapoff", () => {
    const { lines } = sample("5.4.286_amd64/g_swapoff");
    const [analysis] = analyseText("5.4.286_amd64/g_swapoff", lines);
    const visit = analysis?.replay?.steps.find(({ outcome }) => outcome.includes("OOM origin"));
    expect(visit?.evidence).toBe("seen");
    expect(visit?.lines.map((line) => lines[line - 1]).join("\n")).toContain("unuse_pte_range");
  });
});

describe("a kill that sysrq asked for", () => {
  it("is not said to rest on there being no victim that is still dying", () => {
    const name = "6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill";
    const [analysis] = analyseText(name, sample(name).lines);
    expect(analysis?.replay?.steps.find(({ step }) => step === "visit")).toMatchObject({
      evidence: "computed",
      outcome: "sysrq asked: a victim that is still dying does not stop the scan",
    });
  });
});

describe("a report without a task table", () => {
  it("has the steps of the scan in its decision path", () => {
    const name = "2.6.32.67_amd64/g_adj";
    const [analysis] = analyseText(name, sample(name).lines);
    const steps = analysis?.replay?.steps.map(({ step }) => step) ?? [];
    expect(steps.slice(steps.indexOf("select"))).toEqual(["select", "visit", "points", "sacrifice", "kill"]);
  });
});

describe("a table whose beginning is not in the log", () => {
  it("leaves the choice open, since rows may have stood before the first one", () => {
    const { lines } = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    const kill = lines.findIndex((line) => line.includes("oom-kill:"));
    const [analysis] = analyseText("head cut off", lines.slice(kill - 1));
    expect(analysis?.report.tasks).toHaveLength(1);
    expect(analysis?.report.taskTable?.cut).toBe(true);
    expect(analysis?.verdict).toMatchObject({ kind: "undecidable", missing: ["rows of the task table"] });
  });
});
