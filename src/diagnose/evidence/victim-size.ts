import { toNumber } from "../../model/units.js";
import type { Context } from "../context.js";
import { amount, difference, type Quantity, quotient, sum } from "../quantity.js";
import { who } from "../text.js";

/** A process by what the lines of its kill tell, for reports without counters or table. */
export interface KilledSize {
  readonly pid: number;
  readonly name: string;
  /** rss and swap; null where the kill line does not tell. */
  readonly size: Quantity | null;
}

/** rss by the kill line, with swap where its row tells that. In kB. */
export function killedSize({ report, pageSizeBytes }: Context): KilledSize | null {
  const [kill] = report.kills;
  if (kill === undefined) return null;
  const { pid, name, line } = kill;
  if (kill.anonRssKb === undefined) return { pid, name, size: null };
  const parts = [
    ["file-rss", kill.fileRssKb],
    ["shmem-rss", kill.shmemRssKb],
  ] as const;
  const row = report.tasks.find((one) => one.pid === pid);
  const named = who({ pid, name });
  const rss = sum(
    `rss of ${named}`,
    { name: "anon-rss", ...amount(kill.anonRssKb), unit: "kB", lines: [line] },
    ...parts.flatMap(([part, kb]): Quantity[] =>
      kb === undefined ? [] : [{ name: part, ...amount(kb), unit: "kB", lines: [line] }],
    ),
  );
  if (row?.swapPages === undefined || toNumber(row.swapPages) === 0) return { pid, name, size: rss };
  const swapents: Quantity = {
    name: `swapents of ${named}`,
    ...amount(row.swapPages),
    unit: "pages",
    lines: [row.line],
  };
  const swap = quotient(`swap of ${named}`, swapents, 1024 / pageSizeBytes, "kB");
  return { pid, name, size: sum(`rss and swap of ${named}`, rss, swap) };
}

/**
 * What the chosen process held, in percent of RAM and swap (or of the limit), as its printed score says: thousandths of
 * that and its oom_score_adj (v2.6.36 to v5.0). At least so much: root had a bonus. Null where no score is printed or the
 * adjustment is not known.
 */
export function shareByScore({ report, traits }: Context): {
  readonly part: Quantity;
  /** The adjustment is that of the task that asked, which has the same name. */
  readonly assumed: boolean;
} | null {
  const { chosen, tasks, trigger, kills } = report;
  if (chosen === null || chosen.score === undefined || traits === null || traits.pointsRule === "legacy") return null;
  const row = tasks.find(({ pid, tgid }) => pid === chosen.pid || tgid === chosen.pid);
  const kill = kills.find(({ pid }) => pid === chosen.pid);
  const asked = trigger !== null && trigger.name === chosen.name ? trigger : null;
  const known =
    row?.oomScoreAdj !== undefined
      ? { value: row.oomScoreAdj, lines: [row.line] }
      : kill?.oomScoreAdj !== undefined
        ? { value: kill.oomScoreAdj, lines: [kill.line] }
        : null;
  const adj = known ?? (asked?.oomScoreAdj == null ? null : { value: asked.oomScoreAdj, lines: [asked.line] });
  if (adj === null) return null;
  const named = who(chosen);
  const score: Quantity = {
    name: `score of ${named}`,
    ...amount(chosen.score),
    unit: "count",
    lines: [chosen.line],
  };
  const bySize = difference(`score of ${named} for its size`, score, {
    name: `oom_score_adj of ${named}`,
    unit: "count",
    ...adj,
  });
  return { part: quotient(`share of ${named} by its score`, bySize, 10, "%"), assumed: known === null };
}

/** Whether the victim was taken for its size alone: no adjustment, and the rule was to take the largest. */
export function wasLargest({ report, verdict, traits }: Context): boolean {
  const [kill] = report.kills;
  if (kill === undefined || traits === null || traits.pointsRule === "legacy" || kill.role !== "victim") return false;
  const adj = kill.oomScoreAdj ?? report.tasks.find(({ pid }) => pid === kill.pid)?.oomScoreAdj;
  const otherwise = verdict.by?.some(({ rule }) => rule === "allocating-task" || rule === "oom-origin") === true;
  return adj === 0 && !otherwise;
}
