import type { IneligibleReason } from "../../model/replay.js";
import type { ProcessName, TaskSelector } from "../../model/what-if.js";
import { setAdj, withTaskChanges } from "./apply.js";
import { nameOf } from "./dead.js";
import { selectorText } from "./edit-text.js";
import { notRerun, panicsUnasked } from "./outcome.js";
import { plainCourse } from "./possible.js";
import { selectTasks } from "./select-tasks.js";
import type { Subject } from "./subject.js";

export const LOWEST_ADJ = -1000;
export const HIGHEST_ADJ = 1000;
export const ANY_ADJ = { low: LOWEST_ADJ, high: HIGHEST_ADJ } as const;

/** The processes that a solver is asked about; they get each value together. */
export interface Targets {
  /** Best ranked first. */
  readonly tasks: readonly ProcessName[];
  /** `mysqld (pid 812)`, `the 3 processes of nginx`. */
  readonly who: string;
  /** Their adjustment, where they have one in common. */
  readonly oomScoreAdj: number | null;
  /** At -1000, all of them. */
  readonly isDisabled: boolean;
  /** Why no value of oom_score_adj is an answer; null where one may be. */
  readonly impossible: string | null;
}

/** Looks up the processes of a selector and whether the question makes sense for them. */
export function targetsOf(subject: Subject, selector: TaskSelector): Targets {
  const [{ machine, traits }] = subject.worlds;
  const { sure, maybe } = selectTasks(machine, subject.places, selector);
  const { replay } = plainCourse(subject);
  const ranked = replay.ranking.filter(({ tgid }) => sure.has(tgid));
  const tasks = ranked.map(({ tgid }) => nameOf(machine, tgid));
  const adjs = new Set(machine.tasks.flatMap(({ tgid, oomScoreAdj }) => (sure.has(tgid) ? [oomScoreAdj ?? null] : [])));
  const [adj = null] = adjs;
  const who = whoWords(tasks, selector);
  const reasons = new Set(ranked.map(({ reason }) => reason ?? null));
  const [reason = null] = reasons;
  const never = reasons.size === 1 && reason !== null ? (neverWords[reason] ?? null) : null;
  const unknown = notRerun(subject);
  return {
    tasks,
    who,
    oomScoreAdj: adjs.size === 1 ? adj : null,
    isDisabled: reasons.size === 1 && reason === "oom-score-adj-min",
    impossible:
      tasks.length === 0
        ? noTarget(selector, maybe.size)
        : traits.pointsRule === "legacy"
          ? "This kernel (up to v2.6.35) has no oom_score_adj, and its rule counts what no log prints."
          : unknown !== null
            ? `The log does not tell ${unknown.join(", ")}.`
            : panicsUnasked(replay)
              ? `The kernel panics before it picks anybody (${replay.panic}): no oom_score_adj saves ${who}.`
              : subject.rerun === "disagrees"
                ? "The re-run does not give the log's own victim: it tells of no oom_score_adj what it would have done."
                : never === null
                  ? null
                  : `${who} ${never}: it is never chosen here, whatever its oom_score_adj.`,
  };
}

/** The subject with one `oom_score_adj` for all targets. */
export function withAdj(subject: Subject, { tasks }: Pick<Targets, "tasks">, adj: number): Subject {
  const targets = new Set(tasks.map(({ pid }) => pid));
  return withTaskChanges(subject, (task) => (targets.has(task.tgid) ? setAdj(task, adj) : task));
}

function whoWords(tasks: readonly ProcessName[], selector: TaskSelector): string {
  const [first] = tasks;
  if (first === undefined) return selectorText(selector);
  return tasks.length === 1
    ? `${first.name} (pid ${first.pid})`
    : `${selectorText(selector)} (${tasks.length} processes)`;
}

function noTarget(selector: TaskSelector, maybe: number): string {
  const text = selectorText(selector);
  return maybe > 0
    ? `The log tells the cgroup of the victim alone: which tasks are in ${text} is not in it.`
    : `No process of the table is meant by ${text}.`;
}

/** States that no value of oom_score_adj changes. */
const neverWords: Readonly<Partial<Record<IneligibleReason, string>>> = {
  init: "is init",
  "kernel-thread": "is a kernel thread",
  "no-mm": "has no address space",
  "mm-shared-with-oom-score-adj-min": "shares its memory with a process at -1000",
  "oom-skip": "was reaped before",
  vfork: "is in vfork and borrows its parent's memory",
  "outside-memcg": "is outside the memory cgroup",
  "outside-cpuset": "has no memory on the nodes of the cpuset",
  "outside-mempolicy": "has no memory on the nodes of the memory policy",
};
