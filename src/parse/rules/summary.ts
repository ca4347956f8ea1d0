import type { LogLine } from "../../model/log-line.js";
import type { ReportDraft } from "../draft.js";
import type { Outcome, Rule } from "../rule.js";

const start = "oom-kill:constraint=";
const wholeEnd = /,pid=(\d{1,10}),uid=(-?\d{1,10})$/;

export const summaryRules: readonly Rule[] = [
  {
    // Since v5.0 and RHEL 8.3. Paths and names are raw and may hold commas, so it is read from both fixed ends.
    name: "oom-kill",
    starts: [start],
    opens: "fragment",
    mark: /^oom-kill:constraint=/,
    read(text, line, draft) {
      return wholeEnd.test(text) ? read(text, line, draft) : "incomplete";
    },
    readCut: read,
  },
];

/** Reads what there is: the whole line, or a line that the record limit cut at its end. */
function read(text: string, line: LogLine, draft: ReportDraft): Outcome {
  const head = /^oom-kill:constraint=([A-Z_]+),nodemask=(\(null\)|[\d,-]*?)(?:$|,(?=[a-z_]+[,=]))/.exec(text);
  if (head?.[1] === undefined) return "other";
  if (draft.summary !== null || draft.ended) return "next-report";
  const tail = wholeEnd.exec(text);
  const nameAt = tail === null ? -1 : findName(text, tail.index, rowName(draft, Number(tail[1])));
  // `[cpuset=NAME,mems_allowed=LIST][,global_oom|,oom_memcg=PATH][,task_memcg=PATH]`
  const middle = text.slice(head[0].length, nameAt < 0 ? text.length : nameAt);
  const taskAt = middle.search(/(?:^|,)task_memcg=/);
  const before = taskAt < 0 ? middle : middle.slice(0, taskAt);
  const oomAt = before.search(/(?:^|,)oom_memcg=/);
  const oomMemcg = oomAt < 0 ? null : before.slice(before.indexOf("=", oomAt) + 1);
  const cpuset = /^cpuset=(.*?),mems_allowed=([\d,-]*?)(?:,(?:global_oom|oom_memcg=)|$)/.exec(before);
  draft.enter("choice");
  draft.summary = {
    constraint: head[1],
    nodemask: head[2] ?? null,
    cpuset: cpuset?.[1] ?? null,
    memsAllowed: cpuset?.[2] ?? null,
    globalOom: oomMemcg === null && /(?:^|,)global_oom$/.test(before),
    // A path at the cut end may lack its last part.
    oomMemcg: tail === null && taskAt < 0 ? null : oomMemcg,
    taskMemcg: taskAt < 0 || nameAt < 0 ? null : middle.slice(middle.indexOf("=", taskAt) + 1),
    name: tail === null || nameAt < 0 ? null : text.slice(nameAt + ",task=".length, tail.index),
    pid: tail === null ? null : Number(tail[1]),
    uid: tail === null ? null : Number(tail[2]),
    line: line.line,
  };
  return "read";
}

/**
 * Where `,task=` stands. Names and paths may hold the very text: of several places the one counts whose name is the
 * row's of that pid, else the last.
 */
function findName(text: string, end: number, row: string | undefined): number {
  const last = text.lastIndexOf(",task=", end);
  if (row === undefined) return last;
  const whole = end - row.length - ",task=".length;
  return text.startsWith(",task=", whole) && text.slice(whole + ",task=".length, end) === row ? whole : last;
}

function rowName(draft: ReportDraft, pid: number): string | undefined {
  return draft.tasks.find((task) => task.tgid === pid)?.name;
}
