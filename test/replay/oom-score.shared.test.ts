import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Capability, Machine, MachineTask } from "../../src/model/machine.js";
import type { KernelTraits } from "../../src/model/traits.js";
import { toNumber } from "../../src/model/units.js";
import { pointsOf } from "../../src/replay/points.js";
import { startSelection } from "../../src/replay/selection.js";
import { eraOf } from "./run.js";

const folder = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));

/** A process as /proc showed it right before the trigger; sizes in kB. Values that were torn in reading are text. */
interface Row {
  readonly pid: number;
  readonly comm: string;
  readonly uid: number;
  readonly oom_score: number;
  readonly oom_score_adj: number;
  readonly VmRSS?: number;
  readonly VmSwap?: number;
  readonly VmPTE?: number;
  /** v4.0 to v4.14; part of VmPTE since. */
  readonly VmPMD?: number;
  readonly capeff: string;
}

interface Run {
  readonly name: string;
  readonly release: string;
  readonly page_size: number;
  readonly totalram_pages: number;
  readonly totalswap_pages: number;
  readonly tasks: readonly Row[];
}

const whole = (row: Row) =>
  [row.oom_score, row.oom_score_adj, row.VmRSS ?? 0, row.VmSwap ?? 0, row.VmPTE ?? 0, row.VmPMD ?? 0].every(
    Number.isInteger,
  ) && /^[0-9a-f]+$/.test(row.capeff);

const runs: readonly Run[] = readdirSync(folder)
  .filter((file) => file.endsWith(".truth.json"))
  .map((file) => ({
    ...JSON.parse(readFileSync(`${folder}${file}`, "utf8")),
    name: file.slice(0, -".truth.json".length),
    release: file.slice(0, file.search(/_(?:64_)?(?:amd64|i386|arm64|armhf|ppc64el|s390x|riscv64)_/)),
  }));

const CAP_SYS_ADMIN = 21n;

function taskOf(row: Row, run: Run): MachineTask {
  const pages = (kb = 0) => Math.round((kb * 1024) / run.page_size);
  // A root of its own user namespace has no capability in the first one.
  const isAdmin = ((BigInt(`0x${row.capeff}`) >> CAP_SYS_ADMIN) & 1n) === 1n && row.comm !== "rootless";
  const capabilities: readonly Capability[] = isAdmin ? ["SYS_ADMIN"] : [];
  return {
    pid: row.pid,
    tgid: row.pid,
    name: row.comm,
    uid: row.uid,
    capabilities,
    rssPages: pages(row.VmRSS),
    swapPages: pages(row.VmSwap),
    nrPtes: pages(row.VmPTE),
    nrPmds: pages(row.VmPMD),
    pgtablesBytes: (row.VmPTE ?? 0) * 1024,
    oomScoreAdj: row.oom_score_adj,
    mm: row.pid,
    flags: row.comm === "vforkchild" ? { vfork: true } : {},
  };
}

/** What /proc/PID/oom_score makes of points: the share in thousandths, since v5.9 two thirds of 1000 more. */
function oomScoreOf(points: number, totalPages: number, { pointsRule, pointsClamp }: KernelTraits): number {
  if (pointsRule === "permille") return points;
  const share = Math.trunc((points * 1000) / totalPages);
  return pointsClamp === "signed" ? Math.trunc(((1000 + share) * 2) / 3) : share;
}

/** Rows that changed between the two readings of /proc, which are not one moment. */
const moved = new Set([
  "4.18.0-147.el8.x86_64_amd64_g_vmshare sharer",
  "4.18.0-147.el8.x86_64_amd64_m1_nested inB",
  "4.19.78_amd64_g_swap new",
  "4.9.154_amd64_g_pgtables anon20",
  "5.0.0_amd64_n_cpuset1 inB",
]);

const releases = [...new Set(runs.map(({ release }) => release))].filter(
  (release) => eraOf(release).traits.pointsRule !== "legacy",
);

describe("the points of real tasks", () => {
  it.each(releases)("are what /proc/PID/oom_score says on %s", (release) => {
    const { id, traits } = eraOf(release);
    const tolerance = traits.rssCounters === "per-cpu" ? 3 : 0;
    const wrong: string[] = [];
    let right = 0;
    for (const run of runs.filter((one) => one.release === release)) {
      const rows = run.tasks.filter((row) => whole(row) && row.pid !== 1);
      const totalPages = run.totalram_pages + run.totalswap_pages;
      const tasks = rows.map((row) => taskOf(row, run));
      const machine: Machine = { pageSizeBytes: run.page_size, tasks, invocation: { kind: "global", order: 0 } };
      const bounds = { min: totalPages, max: totalPages, source: "the machine" };
      const selection = startSelection(
        { machine, era: id, traits, constraint: "CONSTRAINT_NONE", totalPages: bounds },
        totalPages,
      );
      for (const [index, row] of rows.entries()) {
        const { value, reason } = pointsOf(selection, tasks[index] as MachineTask);
        const score = reason === undefined ? oomScoreOf(toNumber(value), totalPages, traits) : 0;
        if (Math.abs(score - row.oom_score) <= tolerance) right++;
        else if (!moved.has(`${run.name} ${row.comm}`))
          wrong.push(`${run.name} ${row.comm}: ${score}, not ${row.oom_score}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThan(2);
  });
});
