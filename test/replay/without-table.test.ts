import { describe, expect, it } from "vitest";
import { analyseReport } from "../../src/index.js";
import type { Analysis } from "../../src/model/analysis.js";
import { renderText } from "../../src/render/index.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "./analyse-text.js";

const plainText = { width: 200, paint: null, verbose: false, trace: false };

function firstOf(name: string): Analysis {
  const [analysis] = analyseText(name, sample(name).lines);
  if (analysis === undefined) throw new Error(`no report in ${name}`);
  return analysis;
}

/** The report of a sample as a kernel with `vm.oom_dump_tasks` at 0 prints it. */
function withoutTable(name: string): Analysis {
  const { report } = firstOf(name);
  return analyseReport({ ...report, tasks: [], taskTable: null, tableAbsent: true });
}

describe("a report without a task table", () => {
  it("has the scenario and the decision path up to the scan, and who died from the log", () => {
    const { scenario, replay, verdict } = withoutTable("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    const whole = firstOf("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    expect(verdict.kind).toBe("undecidable");
    expect(scenario?.constraint).toBe("CONSTRAINT_MEMCG");
    expect(scenario?.totalPages).toEqual(whole.scenario?.totalPages);
    expect(replay).toMatchObject({ outcome: "unknown", ranking: [], chosen: null, victim: null, margin: null });
    const seen = replay?.steps.filter(({ evidence }) => evidence === "seen").map(({ step }) => step);
    expect(seen).toEqual(["memcg-charge", "memcg-total", "select-memcg", "kill"]);
  });

  it.each(["2.6.32.67_amd64/g_adj", "5.0.0_amd64/m2_group_nested", "6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill"])(
    "names every step of %s by a function, and cites the lines that show it",
    (name) => {
      const { replay } = withoutTable(name);
      expect(replay?.steps.length).toBeGreaterThan(4);
      for (const { function: kernelFunction, evidence, lines } of replay?.steps ?? []) {
        expect(kernelFunction).toMatch(/^\w+$/);
        expect(lines.length > 0).toBe(evidence === "seen");
      }
    },
  );

  it("claims no kill where the log says that nobody could be killed", () => {
    const { replay, verdict } = withoutTable("6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill");
    expect(verdict.kind).toBe("none");
    const steps = replay?.steps.map(({ step }) => step) ?? [];
    expect(steps).toContain("nothing-eligible");
    expect(steps).not.toContain("kill");
  });
});

describe("a log from which the table was filtered", () => {
  it("does not prove that vm.oom_dump_tasks is 0", () => {
    const name = "7.3.4+deb13-cloud-amd64_amd64/m2_nested";
    const isOfTable = (line: string): boolean => /Tasks state|\[ +(?:pid|\d+) *\] /.test(line);
    const [analysis] = analyseText(
      name,
      sample(name).lines.filter((line) => !isOfTable(line)),
    );
    expect(analysis?.report.tableAbsent).toBe(true);
    expect(analysis?.verdict.sentence).toBe(
      "The log does not show the other candidates: vm.oom_dump_tasks is 0, or the task table was left out of this log.",
    );
  });
});

describe("a fragment that shows no limit", () => {
  it("has none told, not the whole machine", () => {
    const name = "4.4.155_amd64/g_tmpfs";
    const { lines } = sample(name);
    const header = lines.findIndex((line) => line.includes("total_vm"));
    const kill = lines.findIndex((line) => line.includes("Out of memory"));
    const [analysis] = analyseText(name, lines.slice(header, kill));
    expect(analysis?.report.constraint).toBeNull();
    expect(analysis === undefined ? "" : renderText(analysis, plainText)).toMatch(/^Limit +not told by this log$/m);
  });
});

describe("a report whose kill line was filtered out", () => {
  it("says whom the reaper names, not that the log ends", () => {
    const name = "4.18.0-147.el8.x86_64_amd64/m2_k8s";
    const lines = sample(name).lines.filter((line) => !line.includes("Killed process"));
    const [analysis] = analyseText(name, lines);
    expect(analysis?.verdict).toMatchObject({
      kind: "none",
      reason: "not-printed",
      sentence: "The log has no kill line; its reaper's line names java (pid 29).",
    });
    expect(analysis === undefined ? "" : renderText(analysis, plainText)).toContain("the reaper names java (pid 29)");
  });
});

describe("a cpuset on a kernel that shows all nodes", () => {
  it("is told by the node that mems_allowed leaves out", () => {
    const { report, scenario } = firstOf("2.6.32.67_amd64/n_cpuset1");
    expect(report.constraint).toBe("CONSTRAINT_CPUSET");
    expect(scenario?.constraint).toBe("CONSTRAINT_CPUSET");
  });
});

describe("a process whose leader has exited", () => {
  it("goes by the same id in ranking, choice and table", () => {
    const { report, replay } = firstOf("4.4.155_amd64/g_leaderexit");
    const [row] = report.tasks.filter(({ pid, tgid }) => pid !== tgid);
    expect(row).toMatchObject({ pid: 37, tgid: 36 });
    expect(replay?.ranking[0]).toMatchObject({ pid: 37, tgid: 36 });
    expect(replay?.chosen?.pid).toBe(37);
    expect(replay?.victim?.pid).toBe(37);
  });
});

describe("an OOM origin", () => {
  it("keeps its own points in the ranking, and leads by no number of them", () => {
    const { replay } = firstOf("5.4.286_amd64/g_swapoff");
    expect(replay?.ranking[0]).toMatchObject({ name: "swapoff", points: 23, oomOrigin: true });
    expect(replay?.margin).toBeNull();
  });
});

describe("a printed score", () => {
  // 480 = 9830 × 1000 / T holds up to T = 20,505; the swap of the cgroup is not printed.
  it("bounds totalpages from above where the log prints no swap", () => {
    const { scenario } = firstOf("5.0.0_amd64/m2_group_nested");
    expect(scenario?.totalPages).toMatchObject({ min: 20480, max: 20505 });
  });
});
