import { secondsBetween } from "../history.js";
import { countOfLines } from "../quantity.js";
import { rule } from "../rule.js";
import { count } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["kill-storm"];

/** Many kills in a short time. */
export const killStorm = rule({
  id: "kill-storm",
  layer: "selection",
  group: "context",
  basis: "fact",
  needs: ["history"],
  meaning: "That many kills are one incident. Look for what does not fall from kill to kill: that is the cause.",
  evaluate({ history }, { report }) {
    const { earlier, current } = history;
    if (current.group || current.kills.length === 0) return null;
    const recent = earlier.filter((one) => {
      const apart = secondsBetween(one, current);
      return (
        one.domain === current.domain &&
        !one.group &&
        one.kills.length > 0 &&
        apart !== null &&
        apart <= bounds.within.value
      );
    });
    const kills = [...recent, current].flatMap((one) => one.kills);
    const pids = new Map(kills.map(({ pid, line }) => [pid, line]));
    if (recent.length + 1 < bounds.kills.value || pids.size < bounds.pids.value) return null;
    return {
      title: `This is kill number ${recent.length + 1} within ${bounds.within.value} seconds; ${count(pids.size, "process", "processes")} died`,
      confidence: "high",
      severity: "notice",
      evidence: [
        countOfLines("kills", [...recent.map(({ line }) => line), report.line]),
        countOfLines("processes killed", [...pids.values()]),
      ],
      advice: ["Start with the first report of the row: `oomlog triage` groups them."],
    };
  },
});
