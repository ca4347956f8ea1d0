import { boundTasks, lookAtProcesses } from "../advice/commands.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { anonymousShare } from "../evidence/anonymous-share.js";
import { isBelowLimit } from "../evidence/cgroup.js";
import { isMachineFull } from "../evidence/shortage.js";
import { killedSize } from "../evidence/victim-size.js";
import { Lacking, type TaskFacts } from "../facts.js";
import { product, type Quantity, quotient, sum } from "../quantity.js";
import { type Draft, rule } from "../rule.js";
import { count, grouped, share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["many-tasks-sum"];

/** No process dominates; their sum is too much. */
export const manyTasksSum = rule({
  id: "many-tasks-sum",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  fallback: true,
  needs: [],
  meaning: "Processes hold the memory.",
  evaluate(_facts, context) {
    const anonymous = anonymousShare(context);
    if (anonymous === null || anonymous.value < bounds.anonymous.value) return null;
    const tasks = context.fact("tasks");
    const inCgroup = context.report.constraint === "CONSTRAINT_MEMCG";
    if (tasks instanceof Lacking || tasks.cut) {
      const known = sizeOfVictim(context);
      return {
        title: `Processes hold ${share(anonymous)} of ${inCgroup ? "the cgroup's memory" : "RAM"}; ${tasks instanceof Lacking ? tasks.reason : "rows of the task table are missing"}`,
        confidence: "low",
        meaning:
          known === null
            ? "Which of them, one or many, the log does not tell."
            : `${who(known)} held ${context.text.size(known.size)} of it by its kill line; what the others held, the log does not tell.`,
        evidence: [anonymous, ...(known === null ? [] : [known.size])],
        advice: [lookAtProcesses(context)],
        // The part that is anonymous memory, of which the share is.
        pages: anonymous.operands?.[0]?.value ?? 0,
      };
    }
    return isBelowLimit(context) ? null : withTable(tasks, context);
  },
});

/** The victim with its size by the kill line; null where no line tells it. */
function sizeOfVictim(
  context: Context,
): { readonly pid: number; readonly name: string; readonly size: Quantity } | null {
  const killed = killedSize(context);
  return killed?.size == null ? null : { ...killed, size: killed.size };
}

function withTable(tasks: TaskFacts, context: Context): Draft | null {
  const mean = quotient("mean rss", tasks.rss, tasks.rows);
  const meanMib = (mean.value * context.pageSizeBytes) / 1024 / 1024;
  const small = tasks.rows.value >= bounds.rows.value && meanMib < bounds.mean.value;
  const full = isMachineFull(context);
  const inCgroup = context.report.constraint === "CONSTRAINT_MEMCG";
  const largest = tasks.groups.slice(0, 5);
  const held = tasks.swap === null ? tasks.rss : sum("rss and swap of all rows", tasks.rss, tasks.swap);
  const more = product("a fifth of it", held, 0.2);
  return {
    title: small
      ? `${grouped(tasks.rows.value)} processes of ${context.text.size(mean)} on average fill the memory`
      : `No process dominates: ${count(tasks.rows.value, "process", "processes")} hold ${context.text.size(held)} together`,
    confidence: "medium",
    meaning: small
      ? "No single one dominates. Their number is unusual: a fork bomb, or jobs that pile up."
      : inCgroup
        ? "No single one dominates: together they need more than the limit allows."
        : full
          ? "No single one dominates: together they need more than there is."
          : "No single one dominates: together they need more than the part of the memory that they may use.",
    evidence: [held, mean, ...largest.map(({ size }) => size)],
    advice: [
      small
        ? boundTasks(context)
        : !full || inCgroup
          ? `Move one of them elsewhere${inCgroup ? ", or raise the limit" : ""}: ${largest.map(({ name }) => name).join(", ")} are the largest.`
          : {
              text: `Add about ${context.text.size(more)} of memory or swap, or move one of them elsewhere: ${largest.map(({ name }) => name).join(", ")} are the largest.`,
              by: [more],
            },
      ...(!inCgroup && has("systemd", context) ? ["Look which units hold it: `systemd-cgtop -m`."] : []),
      lookAtProcesses(context),
    ],
    pages: tasks.rss.value,
  };
}
