import type { Rule } from "../rule.js";

const start = "oom-kill:constraint=";

export const summaryRules: readonly Rule[] = [
  {
    // Since v5.0 and RHEL 8.3. Paths and names are raw and may hold commas, so it is read from both fixed ends.
    name: "oom-kill",
    starts: [start],
    opens: "fragment",
    holds: start,
    read(text, line, draft) {
      const tail = /,pid=(\d{1,10}),uid=(-?\d{1,10})$/.exec(text);
      if (!tail) return "incomplete";
      const head = /^oom-kill:constraint=([A-Z_]+),nodemask=(\(null\)|[\d,-]*?),(?=[a-z_]+[,=])/.exec(text);
      const nameAt = text.lastIndexOf(",task=");
      if (head?.[1] === undefined || nameAt < 0) return "other";
      if (draft.summary !== null || draft.ended) return "next-report";
      const middle = text.slice(head[0].length, nameAt);
      // `[cpuset=NAME,mems_allowed=LIST][,global_oom|,oom_memcg=PATH][,task_memcg=PATH]`
      const taskAt = middle.search(/(?:^|,)task_memcg=/);
      const taskMemcg = taskAt < 0 ? null : middle.slice(middle.indexOf("=", taskAt) + 1);
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
        oomMemcg,
        taskMemcg,
        name: text.slice(nameAt + ",task=".length, tail.index),
        pid: Number(tail[1]),
        uid: Number(tail[2]),
        line: line.line,
      };
      return "read";
    },
  },
];
