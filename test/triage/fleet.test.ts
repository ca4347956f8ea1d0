import { describe, expect, it } from "vitest";
import { createTriager } from "../../src/triage/index.js";
import { sample } from "../parse/samples.js";
import { analyseLog, type FleetKill, fleetLog } from "./fleet.js";

/** A problem: the logs that it may leave, on which hosts, how often, and how far apart. */
interface Problem {
  readonly samples: readonly string[];
  /** Hosts by their number. */
  readonly hosts: (host: number) => boolean;
  readonly kills: number;
  readonly every: number;
  readonly from: number;
}

const DAY = 86_400;

/**
 * Five problems on 20 hosts, 50 kills on each. Logs of several kernels are the same problem; its pods have other pids at
 * each kill, and what a kernel does not print (the cgroup, a table) differs.
 */
const problems: readonly Problem[] = [
  // A Burstable pod that is restarted every 20 minutes, everywhere.
  {
    samples: ["3.10.105_amd64/m1_k8s", "4.18.0-147.el8.x86_64_amd64/m2_k8s", "6.1.0-50-armmp_armhf/m1_k8s"],
    hosts: () => true,
    kills: 20,
    every: 1200,
    from: 0,
  },
  // One process fills the machine, once in 7 hours, on the first ten hosts.
  {
    samples: ["6.1.0-50-s390x_s390x/g_idlehog", "6.12.107+deb13-riscv64_riscv64/g_idlehog"],
    hosts: (host) => host < 10,
    kills: 30,
    every: 25_200,
    from: 1 * DAY,
  },
  // A full tmpfs: bystanders die.
  { samples: ["4.4.155_amd64/g_tmpfs"], hosts: (host) => host >= 10, kills: 10, every: 30_000, from: 2 * DAY },
  // The limit of a parent cgroup.
  { samples: ["3.2.71_amd64/m1_nested"], hosts: (host) => host >= 10, kills: 10, every: 30_000, from: 2 * DAY + 9000 },
  // A cpuset that is too small.
  {
    samples: ["4.9.154_amd64/n_cpuset1"],
    hosts: (host) => host >= 10,
    kills: 10,
    every: 30_000,
    from: 2 * DAY + 18_000,
  },
];

function killsOf(problem: Problem, index: number): FleetKill[] {
  return Array.from({ length: 20 }, (_, host) => host)
    .filter(problem.hosts)
    .flatMap((host) =>
      Array.from({ length: problem.kills }, (_, kill) => ({
        records: sample(problem.samples[host % problem.samples.length] ?? "").lines,
        host: `host${String(host).padStart(2, "0")}`,
        at: problem.from + kill * problem.every + host * 7,
        pidOffset: 1000 * (index + 1) + 10 * kill,
      })),
    );
}

const lines = fleetLog(problems.flatMap(killsOf));
const analyses = analyseLog(lines);

describe("a fleet of 20 hosts with 50 kills each", () => {
  const triager = createTriager();
  for (const analysis of analyses) triager.push(analysis);
  const { incidents, totals, first, last, notes } = triager.result();

  it("is found whole", () => {
    expect(analyses).toHaveLength(1000);
    expect(totals).toMatchObject({ reports: 1000, hosts: 20, kills: 1000, duplicates: 0 });
    expect([first, last]).toEqual(["2026-10-01T00:00:00Z", "2026-10-10T11:01:03Z"]);
    expect(notes).toEqual([]);
  });

  it("is grouped into the five problems hidden in it", () => {
    expect(
      incidents.map(({ limit, cgroup, cause, victims, count, hostCount }) => ({
        limit,
        cgroup,
        cause,
        victims,
        count,
        hostCount,
      })),
    ).toEqual(
      expect.arrayContaining([
        {
          limit: "memcg",
          cgroup:
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod<uid>.slice/cri-containerd-<id>.scope",
          cause: "memcg-limit-own",
          victims: [{ name: "java", count: 400 }],
          count: 400,
          hostCount: 20,
        },
        {
          limit: "machine",
          cgroup: null,
          cause: "single-anon-hog",
          victims: [{ name: "idlehog", count: 300 }],
          count: 300,
          hostCount: 10,
        },
        {
          limit: "machine",
          cgroup: null,
          cause: "shmem-tmpfs-hog",
          victims: [{ name: "app2", count: 100 }],
          count: 100,
          hostCount: 10,
        },
        {
          limit: "memcg",
          cgroup: "/P",
          cause: "memcg-limit-ancestor",
          victims: [{ name: "inB", count: 100 }],
          count: 100,
          hostCount: 10,
        },
        {
          limit: "cpuset",
          cgroup: null,
          cause: "cpuset-limit",
          victims: [{ name: "trigger", count: 100 }],
          count: 100,
          hostCount: 10,
        },
      ]),
    );
    expect(incidents).toHaveLength(5);
  });

  it("shows the pod that is restarted every 20 minutes", () => {
    const [pod] = incidents;
    expect(pod).toMatchObject({
      first: "2026-10-01T00:00:00Z",
      restartLoop: { everySeconds: 1200, kills: 20 },
      restartLoopCount: 20,
      blastRadius: { hosts: 20, cgroups: 1, processes: 400, collateral: 0, panics: 0 },
      growth: null,
      stormCount: 0,
      storm: null,
    });
    expect(pod?.title).toBe(
      "java killed 400 times on 20 hosts: container of a Burstable pod at its limit, memcg-limit-own",
    );
    expect(pod?.reportIds).toHaveLength(400);
    expect(new Set(pod?.reportIds).size).toBe(60);
    expect(pod?.timeline.reduce((sum, count) => sum + count, 0)).toBe(400);
  });

  it("says whose death gave nothing back", () => {
    const tmpfs = incidents.find(({ cause }) => cause === "shmem-tmpfs-hog");
    expect(tmpfs?.collateral).toEqual([{ name: "app2", count: 100 }]);
    expect(tmpfs?.blastRadius).toEqual({ hosts: 10, cgroups: 0, processes: 100, collateral: 100, panics: 0 });
  });

  it("is the same whatever the order of the hosts", () => {
    const other = createTriager();
    const byHost = [...analyses].sort((a, b) => ((a.report.host ?? "") < (b.report.host ?? "") ? -1 : 1));
    for (const analysis of byHost) other.push(analysis);
    const summary = (triage: typeof incidents) => triage.map(({ id, count, timeline }) => ({ id, count, timeline }));
    expect(summary(other.result().incidents)).toEqual(summary(incidents));
  });

  it("counts a report that comes again once, and says so", () => {
    const twice = createTriager();
    for (const analysis of [...analyses, ...analyses.slice(0, 30)]) twice.push(analysis);
    const result = twice.result();
    expect(result.totals).toMatchObject({ reports: 1000, duplicates: 30 });
    expect(result.notes.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "reports-repeated: 30 reports had been read before, from this or another source: each counts once.",
    ]);
  });

  it("is grouped by other fields on demand, exactly", () => {
    const byHost = createTriager({ groupBy: [{ name: "host", of: ({ report }) => report.host }] });
    for (const analysis of analyses) byHost.push(analysis);
    const hosts = byHost.result().incidents;
    expect(hosts).toHaveLength(20);
    expect(hosts.map(({ count }) => count)).toEqual(new Array(20).fill(50));
  });
});
