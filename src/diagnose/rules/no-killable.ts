import type { RankedTask } from "../../model/replay.js";
import type { TaskRow } from "../../model/report.js";
import { has } from "../advice/facilities.js";
import { countOfLines } from "../quantity.js";
import { type Draft, rule, type TextEvidence } from "../rule.js";
import { count } from "../text.js";

/** Nobody could be killed. */
export const noKillable = rule({
  id: "no-killable",
  layer: "selection",
  group: "selection",
  basis: "fact",
  needs: [],
  meaning:
    "The kernel found no process that it may kill. In a memory cgroup the charge is retried for ever; system-wide the kernel panics, unless sysrq asked.",
  evaluate(_facts, context) {
    const { report, replay } = context;
    const { noKillable: warning, panic } = report;
    const message: TextEvidence | null =
      warning !== null
        ? { name: "message", value: "no killable processes", lines: [warning.line] }
        : panic?.message.includes("no killable processes") === true
          ? { name: "panic", value: "no killable processes", lines: [panic.line] }
          : null;
    if (message === null) return null;
    const passedOver = (replay?.ranking ?? []).filter(({ eligible }) => eligible);
    const { tasks } = report;
    if (passedOver.length > 0) return skippedDraft(message, passedOver, tasks);
    const [file, least] = has("oomScoreAdj", context) ? ["oom_score_adj", "-1000"] : ["oom_adj", "-17"];
    const protection = `${file} ${least}`;
    return {
      title: "Nobody could be killed: no process may be",
      confidence: "high",
      meaning:
        tasks.length === 0
          ? `The log has no task table: every process is protected (${protection}), dying already, or there is none.`
          : `Every process of the table is protected (${protection}), or init, or out of reach.`,
      evidence: [message],
      advice: [`See who is protected: \`grep -H . /proc/[0-9]*/${file} | grep -- ${least}\`; protect fewer.`],
    };
  },
});

/** The table has processes that may be killed by all that it shows: what it does not show made the kernel skip them. */
function skippedDraft(message: TextEvidence, passedOver: readonly RankedTask[], tasks: readonly TaskRow[]): Draft {
  const pids = new Set(passedOver.map(({ pid }) => pid));
  const rows = countOfLines(
    "rows that may be killed by what they show",
    tasks.filter(({ pid }) => pids.has(pid)).map(({ line }) => line),
  );
  return {
    title: `Nobody was left to kill: the kernel passed over ${count(passedOver.length, "process", "processes")} that may be killed`,
    confidence: "high",
    meaning:
      "Those processes are not protected. The kernel skips one that it has killed or reaped already (MMF_OOM_SKIP), and one in the middle of vfork; the table shows neither.",
    evidence: [message, rows],
    advice: ["Killing had nothing more to give: look at the memory that no kill gives back, and at the earlier kills."],
  };
}
