import { roomBelowLimit } from "../evidence/cgroup.js";
import { marksOf } from "../evidence/zones.js";
import { Lacking } from "../facts.js";
import { secondsBetween } from "../history.js";
import { timeBetween } from "../quantity.js";
import { rule } from "../rule.js";
import { who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["double-kill"];

/** A second kill before the first could help. */
export const doubleKill = rule({
  id: "double-kill",
  layer: "selection",
  group: "selection",
  basis: "inference",
  needs: ["history"],
  meaning:
    "The kill before had not given its memory back yet, or just had: this one may have been needless. The reaper waits two seconds since v5.18.",
  evaluate({ history }, context) {
    const last = history.earlier.at(-1);
    if (last === undefined || last.domain !== history.current.domain || last.group) return null;
    const apart = secondsBetween(last, history.current);
    const before = last.kills[0];
    if (apart === null || apart >= bounds.apart.value || before === undefined || context.report.sysrq !== null)
      return null;
    // The same kill in the log twice (pasted, or console and ring buffer) is one.
    if (context.report.kills.some(({ pid }) => pid === before.pid)) return null;
    const tasks = context.fact("tasks");
    const still =
      tasks instanceof Lacking
        ? undefined
        : tasks.processes.find(({ row }) => row.pid === before.pid && row.name === before.name);
    const zones = context.fact("zones");
    const roomy = zones instanceof Lacking ? [] : zones.roomy;
    // Nobody was killed this time, so no kill was needless.
    if (context.report.kills.length === 0) return null;
    const inTable = still !== undefined && still.rss.value * context.pageSizeBytes >= bounds.held.value * 1024 * 1024;
    const room = roomBelowLimit(context);
    if (!inTable && roomy.length === 0 && room === null) return null;
    const memcg = context.fact("memcg");
    const limits = memcg instanceof Lacking ? [] : [memcg.limitUsage, memcg.limit];
    return {
      title: inTable
        ? `${who(before)}, killed ${soon(apart)} before, still held ${context.text.size(still.rss)}`
        : room === null
          ? `Memory was free again when this kill followed ${soon(apart)} after that of ${who(before)}`
          : `Usage was ${context.text.size(room)} below the limit again when this kill followed ${soon(apart)} after that of ${who(before)}`,
      confidence: "medium",
      severity: "notice",
      evidence: [
        { name: "killed before", value: `${before.pid}`, lines: [before.line] },
        timeBetween("time between", apart, [last.line, context.report.line]),
        ...(inTable ? [still.rss] : room === null ? marksOf(roomy) : [room, ...limits]),
      ],
      advice: ["Treat both as one incident; look at the first."],
    };
  },
});

/** A short time: `12 ms`, `1.4 s`. */
function soon(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}
