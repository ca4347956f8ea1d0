import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyseLog } from "../../lab/analyse-log.js";
import { type Comparisons, compareRun } from "../../lab/compare.js";
import { ConsoleReader } from "../../lab/host/console.js";
import { type Observation, ObservationCollector } from "../../lab/observation.js";
import { addResults } from "../../lab/record.js";
import { renderReport } from "../../lab/report.js";
import { isWhole } from "../../lab/run.js";
import { readSamples, saveNotRun, saveSample } from "../../lab/save.js";
import { scenarios } from "../../lab/scenarios/index.js";
import { countRuns, renderTable } from "../../lab/table.js";
import { readTruth, type Truth } from "../../lab/truth.js";

/** Part of a real boot's serial console: the greeting and two scenarios. */
const bytes = readFileSync(new URL("./fixtures/6.12.117+deb13-cloud-amd64.console", import.meta.url));

function collect(console: Buffer): ObservationCollector {
  const reader = new ConsoleReader();
  const collector = new ObservationCollector();
  for (const item of [...reader.push(console), ...reader.end()]) collector.push(item);
  return collector;
}

function observation(name: string): Observation {
  const found = collect(bytes).observations.find(({ scenario }) => scenario === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function scenarioNamed(name: string) {
  const found = scenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function truthOf(name: string): Truth {
  const { hello } = collect(bytes);
  if (hello === null) throw new Error("no greeting");
  return readTruth("6.12-cloud-amd64", hello, scenarioNamed(name), observation(name));
}

async function compare(name: string, truth = truthOf(name)): Promise<Comparisons> {
  const log = observation(name).texts.get("log") ?? "";
  return compareRun(scenarioNamed(name), truth, await analyseLog(name, log));
}

describe("a console", () => {
  it("gives the greeting and the scenarios, whole", () => {
    const { hello, observations } = collect(bytes);
    expect(hello).toEqual({
      release: "6.12.117+deb13-cloud-amd64",
      machine: "x86_64",
      pageSizeBytes: 4096,
      cpus: 2,
      version: "#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1 (2026-11-12)",
    });
    expect(observations.map(({ scenario, damagedFrames, ended }) => [scenario, damagedFrames, ended])).toEqual([
      ["g_leaderexit", 0, true],
      ["m2_group_nested", 0, true],
    ]);
  });

  it("tells a damaged frame and a missing one", () => {
    const text = bytes.toString("latin1");
    const damaged = collect(Buffer.from(text.replace("Rss", "Rsx"), "latin1"));
    expect(damaged.observations[0]?.damagedFrames).toBeGreaterThan(0);
    const lines = text.split("\n");
    const missing = collect(Buffer.from([...lines.slice(0, 10), ...lines.slice(11)].join("\n"), "latin1"));
    expect(missing.observations[0]?.damagedFrames).toBe(1);
  });
});

describe("a run", () => {
  const whole = (fired: string, name = "m2_shm", log = "oom-killer"): boolean => {
    const collector = new ObservationCollector();
    for (const [sequence, text] of [`begin ${name}`, fired, "text log", `more ${log}`, "end"].entries())
      collector.push({ kind: "frame", sequence, text });
    const [seen] = collector.observations;
    return seen !== undefined && isWhole(seen, scenarioNamed(name));
  };

  it("is not whole when the kernel killed somebody after init had stopped looking", () => {
    expect(whole("fired oom_kills=2 later=0 timed_out=0")).toBe(true);
    expect(whole("fired oom_kills=1 later=1 timed_out=0")).toBe(false);
  });

  it("is not whole when too few died in time, or nothing came of it", () => {
    expect(whole("fired oom_kills=0 later=0 timed_out=1")).toBe(false);
    const nobody = "fired oom_kills=0 later=0 timed_out=0";
    expect(whole(nobody, "m2_nokill")).toBe(true);
    expect(whole(nobody, "m2_nokill", "nothing")).toBe(false);
    expect(whole(nobody, "m1_oomdisable", "nothing")).toBe(true);
  });
});

describe("the truth", () => {
  it("names tasks, threads, scores and the dead", () => {
    const truth = truthOf("g_leaderexit");
    expect(
      truth.tasks.map(({ name, leaderExited, oomScoreAdj, act }) => [name, leaderExited, oomScoreAdj, act]),
    ).toEqual([
      ["L", true, 0, null],
      ["B", false, 0, null],
      ["trigger", false, -1000, "alloc"],
    ]);
    const [leader] = truth.tasks;
    expect(leader?.threadIds.length).toBe(4);
    expect(leader?.threadIds[0]).toBe(leader?.pid);
    expect(truth.died).toEqual([{ pid: leader?.pid, name: "L", signal: 9 }]);
    expect(truth.survived.map(({ name }) => name)).toEqual(["B", "trigger"]);
    expect(truth.oomKills).toBe(1);
  });

  it("holds cgroups with their limits in bytes", () => {
    const { cgroups, died } = truthOf("m2_group_nested");
    expect(cgroups.map(({ path, oomGroup }) => [path, oomGroup])).toEqual([
      ["/P", false],
      ["/P/A", true],
      ["/P/B", false],
    ]);
    expect(cgroups[0]?.limitBytes).toBeGreaterThan(50_000_000);
    expect(cgroups[1]?.limitBytes).toBeNull();
    expect(died.map(({ name }) => name).sort()).toEqual(["a1", "a2"]);
  });
});

describe("a comparison", () => {
  it.each(["g_leaderexit", "m2_group_nested"])("finds nothing wrong with %s", async (name) => {
    const { tallies } = await compare(name);
    for (const [comparison, { problems }] of Object.entries(tallies))
      expect([comparison, problems]).toEqual([comparison, []]);
    expect(tallies.victim.compared).toBeGreaterThan(2);
    expect(tallies.badness.compared).toBeGreaterThan(1);
    expect(tallies.machine.compared).toBe(1);
  });

  it("finds a victim that init did not see die, and one that no report names", async () => {
    const truth = truthOf("g_leaderexit");
    const [, other] = truth.tasks;
    const { tallies } = await compare("g_leaderexit", {
      ...truth,
      died: [{ pid: other?.pid ?? 0, name: "B", signal: 9 }],
    });
    expect(tallies.victim.problems.length).toBe(2);
  });

  it("finds an oom_score that the row does not give", async () => {
    const truth = truthOf("g_leaderexit");
    const tasks = truth.tasks.map((task) => (task.name === "B" ? { ...task, oomScore: task.oomScore + 4 } : task));
    const { tallies } = await compare("g_leaderexit", { ...truth, tasks });
    expect(tallies.badness.problems).toEqual([expect.stringContaining("(B): oom_score")]);
  });

  it("finds a victim that the full machine does not give", async () => {
    const truth = truthOf("g_leaderexit");
    const tasks = truth.tasks.map((task) => (task.name === "B" ? { ...task, rssAnonKb: task.rssAnonKb * 10 } : task));
    const compared = await compare("g_leaderexit", { ...truth, tasks });
    expect(compared.tallies.machine.problems).toEqual([expect.stringContaining("on the full machine")]);
    const results = [{ kind: "compared", comparisons: compared }] as const;
    expect(countRuns(results)).toEqual({ passed: 0, failed: 1 });
    expect(renderTable(results)).toContain("g_leaderexit  +++X");
  });
});

describe("results", () => {
  const impossible = {
    scenario: "n_bind",
    kernelId: "6.12-cloud-amd64",
    release: "6.12.117+deb13-cloud-amd64",
    kind: "n/a",
    reason: "no NUMA",
  } as const;

  it("are kept with what did not run, and a run takes its place", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-"));
    try {
      const truth = truthOf("g_leaderexit");
      const kept = async () => {
        const names: string[] = [];
        for await (const saved of readSamples(folder))
          names.push(saved.kind === "run" ? saved.truth.scenario : `${saved.notRun.scenario}: ${saved.notRun.reason}`);
        return names;
      };
      await saveNotRun(folder, "amd64", {
        ...impossible,
        scenario: "g_leaderexit",
        kind: "failed",
        reason: "it ended",
      });
      await saveNotRun(folder, "amd64", impossible);
      expect(await kept()).toEqual(["g_leaderexit: it ended", "n_bind: no NUMA"]);
      await saveSample(folder, "amd64", truth, "log\n");
      expect(await kept()).toEqual(["n_bind: no NUMA", "g_leaderexit"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("make a page with a sum, the reasons and the marks", async () => {
    const results = [
      { kind: "compared", comparisons: await compare("g_leaderexit") },
      { kind: "not-run", notRun: impossible },
    ] as const;
    const page = renderReport(addResults([], results, "2026-12-01"));
    expect(page).toContain("| 6.12-cloud-amd64 | 6.12.117+deb13-cloud-amd64 | 2026-12-01 | 1 | 0 | 1 |");
    expect(page).toContain("| no NUMA | 1 | 6.12-cloud-amd64 |");
    expect(page).toContain("| g_leaderexit | `++++` |");
    expect(page).toContain("| n_bind | n/a |");
    expect(page).toContain("## Differences\n\nNone.");
  });
});
