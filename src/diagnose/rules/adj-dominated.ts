import type { Scenario } from "../../model/machine.js";
import type { RankedTask, Replay } from "../../model/replay.js";
import type { TaskRow } from "../../model/report.js";
import { type Int64, toNumber } from "../../model/units.js";
import { replayWithoutSteps } from "../../replay/replay.js";
import type { Context } from "../context.js";
import { identifyCgroup } from "../identity/cgroups.js";
import { burstableRequestShare, ownerOfAdj } from "../identity/oom-score-adj.js";
import { amount, type Quantity, sum } from "../quantity.js";
import { rule } from "../rule.js";
import { grouped, who } from "../text.js";

/** A process died for its oom_score_adj, not its size. */
export const adjDominated = rule({
  id: "adj-dominated",
  layer: "selection",
  group: "selection",
  basis: "inference",
  needs: ["replay", "victim"],
  meaning: "Its oom_score_adj put it ahead of larger processes, which live on.",
  evaluate({ replay, victim }, context) {
    if (replay.pointsUnit === "legacy") return null;
    const { chosen } = replay;
    const pick = replay.ranking.find(({ pid }) => pid === chosen?.pid);
    if (pick === undefined || pick.points === null) return null;
    const row = context.report.tasks.find(({ pid, tgid }) => pid === pick.pid || tgid === pick.pid);
    const adj = row?.oomScoreAdj ?? 0;
    if (row === undefined || adj <= 0) return null;
    const without = (task: RankedTask): number =>
      toNumber(task.points ?? 0) - partOf(task, "oomScoreAdj") - partOf(task, "clamp");
    const rival = replay.ranking
      .filter((task) => task.eligible && task.points !== null && task !== pick)
      .reduce<RankedTask | null>((best, task) => (best === null || without(task) > without(best) ? task : best), null);
    if (rival === null || without(rival) <= without(pick)) return null;
    const rivalRow = context.report.tasks.find(({ pid, tgid }) => pid === rival.pid || tgid === rival.pid);
    const owner = ownerText(context, adj, row.name);
    const evidence: Quantity[] = [
      { name: `oom_score_adj of ${who(row)}`, value: adj, unit: "count", lines: [row.line] },
      sizeOfRow(row),
      ...(rivalRow === undefined ? [] : [sizeOfRow(rivalRow)]),
    ];
    const died = victim.kill.pid === pick.pid ? "" : ` (its child ${victim.kill.name} died in its place)`;
    return {
      title: `${who(row)} was chosen for its oom_score_adj of ${adj}${died}; by size it would have been ${who(rival)}`,
      confidence: rival.bound === "exact" && pick.bound === "exact" ? "high" : "medium",
      severity: "notice",
      meaning: owner,
      evidence,
      advice: isSetByKubelet(context)
        ? [
            "Leave oom_score_adj to the kubelet, which sets it by the pod's class: a memory request of the pod lowers it.",
            `To have ${who(rival)} fail alone, bound it with a memory limit of its own.`,
          ]
        : [
            `To keep it alive lower its oom_score_adj${howFar(replay, pick, adj, context.scenario)}: \`oomlog replay --protect ${pick.pid}\` tells who dies then.`,
            `To have ${who(rival)} die first, raise its oom_score_adj, or bound it with a memory limit of its own.`,
          ],
    };
  },
});

function isSetByKubelet({ report }: Context): boolean {
  const path = report.cgroup.taskMemcg;
  return path !== null && identifyCgroup(path).qosClass !== undefined;
}

/** The highest value with which another is chosen; nothing where points or totalpages are estimates. */
function howFar(
  { totalPages, pointsUnit, ranking }: Replay,
  pick: RankedTask,
  adj: number,
  scenario: Scenario | null,
): string {
  // Over a range of totals a unit is worth more and less.
  if (scenario === null || scenario.totalPages.min !== scenario.totalPages.max) return "";
  const next = ranking.find((task) => task.eligible && task !== pick && task.points !== null);
  if (next?.points == null || pick.points === null || totalPages === null) return "";
  if (next.bound !== "exact" || pick.bound !== "exact") return "";
  const unit = pointsUnit === "pages" ? Math.trunc(toNumber(totalPages) / 1000) : 1;
  const ahead = toNumber(pick.points) - toNumber(next.points);
  if (unit <= 0 || ahead < 0) return "";
  const below = adj - Math.floor(ahead / unit) - 1;
  // With as many points as the next the order decides.
  const highest = isSpared(scenario, totalPages, pick, below + 1) ? below + 1 : below;
  return highest < -999 ? "" : ` to ${highest} or below`;
}

function isSpared(scenario: Scenario, totalPages: Int64, { tgid }: RankedTask, oomScoreAdj: number): boolean {
  const { machine } = scenario;
  const tasks = machine.tasks.map((task) => (task.tgid === tgid ? { ...task, oomScoreAdj } : task));
  const [first] = replayWithoutSteps({ ...scenario, machine: { ...machine, tasks } }, totalPages).ranking;
  return first !== undefined && first.tgid !== tgid;
}

/** What the points count of a row, but for its page tables. */
function sizeOfRow(row: TaskRow): Quantity {
  const part = (name: string, value: TaskRow["rssPages"]): Quantity => ({
    name: `${name} of ${who(row)}`,
    ...amount(value),
    unit: "pages",
    lines: [row.line],
  });
  const rss = part("rss", row.rssPages);
  const swap = toNumber(row.swapPages ?? 0);
  return swap === 0 ? rss : sum(`rss and swap of ${who(row)}`, rss, part("swapents", row.swapPages ?? 0));
}

function partOf(task: RankedTask, name: RankedTask["parts"][number]["name"]): number {
  return task.parts.reduce((sum, part) => (part.name === name ? sum + toNumber(part.value) : sum), 0);
}

function ownerText({ report }: Context, adj: number, name: string): string {
  const path = report.cgroup.taskMemcg;
  const cgroup = path === null ? null : identifyCgroup(path);
  const owner = ownerOfAdj(adj, { name, cgroup });
  const share = cgroup?.qosClass === "Burstable" ? burstableRequestShare(adj) : null;
  const request =
    share === null
      ? ""
      : ` Its memory request is about ${grouped(Math.round(share * 1000) / 10)} % of the node's memory.`;
  return owner === null ? "" : `${adj} is usual for ${owner}.${request}`;
}
