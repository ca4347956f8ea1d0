import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { poolSetting } from "../evidence/worker-pools.js";
import { Lacking } from "../facts.js";
import { secondsBetween } from "../history.js";
import { countOfLines, timeBetween } from "../quantity.js";
import { rule } from "../rule.js";
import { count } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["restart-loop"];

/** The same job dies again and again. */
export const restartLoop = rule({
  id: "restart-loop",
  layer: "selection",
  group: "context",
  basis: "inference",
  needs: ["history", "victim"],
  meaning:
    "The same program is started, killed, and started again at regular intervals: the limit or the job is at fault, not chance.",
  evaluate({ history, victim }, context) {
    const { earlier, current } = history;
    const { kill } = victim;
    // Workers of a pool are many at a time: another one that dies was not started again.
    if (poolSetting(kill.name) !== undefined || isOneOfMany(kill.name, context)) return null;
    const same = earlier.filter(
      (one) => one.taskMemcg === current.taskMemcg && one.domain === current.domain && one.kills[0]?.name === kill.name,
    );
    const row = [...same, current];
    const pids = new Set(row.map((one) => one.kills[0]?.pid));
    if (row.length < bounds.times.value || pids.size < row.length) return null;
    const gaps: number[] = [];
    for (let at = 1; at < row.length; at++) {
      const from = row[at - 1];
      const to = row[at];
      const gap = from === undefined || to === undefined ? null : secondsBetween(from, to);
      // Kills within one incident are no restarts.
      if (gap === null || gap < thresholds["kill-storm"].within.value) return null;
      gaps.push(gap);
    }
    const shortest = Math.min(...gaps);
    if (Math.max(...gaps) > bounds.apart.value * shortest) return null;
    const lines = row.flatMap((one) => one.kills[0]?.line ?? []);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    return {
      title: `${kill.name} was killed ${count(row.length, "time")}, each time as a new process, every ${duration(mean)}`,
      confidence: "medium",
      severity: "notice",
      evidence: [
        countOfLines("times", lines),
        timeBetween(
          "time between",
          mean,
          row.map((one) => one.line),
        ),
      ],
      advice: [
        has("systemd", context)
          ? "Look what starts it: `systemctl list-timers; crontab -l`; give it memory, or run it elsewhere."
          : "Look what starts it: `crontab -l; cat /etc/crontab`; give it memory, or run it elsewhere.",
      ],
    };
  },
});

function isOneOfMany(name: string, context: Context): boolean {
  const tasks = context.fact("tasks");
  if (tasks instanceof Lacking) return false;
  const group = tasks.groups.find((one) => one.name === name);
  return group !== undefined && group.processes.length >= thresholds["same-name-group"].processes.value;
}

function duration(seconds: number): string {
  if (seconds < 600) return `${Math.round(seconds)} s`;
  if (seconds < 36_000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
