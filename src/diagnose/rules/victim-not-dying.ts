import { Lacking } from "../facts.js";
import { secondsBetween } from "../history.js";
import { rule } from "../rule.js";
import { count, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["victim-not-dying"];

/** A victim does not die. */
export const victimNotDying = rule({
  id: "victim-not-dying",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: [],
  meaning:
    "A killed process holds its memory until it is gone: stuck in the kernel (D state), locked memory, or memory shared with a process that lives on.",
  evaluate(_facts, context) {
    const { report } = context;
    const stuck = report.reaper.find(({ outcome }) => outcome !== "reaped");
    if (stuck !== undefined) {
      return {
        title: `The kernel could not take back the memory of ${who(stuck)}`,
        confidence: "high",
        evidence: [{ name: "oom_reaper", value: `${stuck.pid}`, lines: [stuck.line] }],
        advice: adviceFor(stuck.pid),
      };
    }
    // In a group kill the others die beside it: nothing is stuck.
    const exiting = report.alreadyExiting[0];
    if (exiting !== undefined && report.groupKill === null) {
      return {
        title: `${who(exiting)} was chosen while it was already exiting`,
        confidence: "medium",
        severity: "notice",
        evidence: [{ name: "already exiting", value: `${exiting.pid}`, lines: [exiting.line] }],
        advice: adviceFor(exiting.pid),
      };
    }
    const history = context.fact("history");
    if (history instanceof Lacking || report.groupKill !== null) return null;
    for (const kill of report.kills) {
      const before = history.earlier.filter(
        (one) =>
          !one.group &&
          one.kills.some(({ pid, name }) => pid === kill.pid && name === kill.name) &&
          (secondsBetween(one, history.current) ?? 0) > bounds.apart.value,
      );
      const first = before[0]?.kills.find(({ pid }) => pid === kill.pid);
      if (first === undefined) continue;
      return {
        title: `${who(kill)} was killed ${count(before.length + 1, "time")} and did not die`,
        confidence: "high",
        evidence: [
          { name: "killed first", value: `${first.pid}`, lines: [first.line] },
          { name: "killed again", value: `${kill.pid}`, lines: [kill.line] },
        ],
        advice: adviceFor(kill.pid),
      };
    }
    return null;
  },
});

function adviceFor(pid: number): string[] {
  return [
    `If it is still there: \`cat /proc/${pid}/stack /proc/${pid}/wchan; grep -E 'State|VmLck' /proc/${pid}/status\`.`,
  ];
}
