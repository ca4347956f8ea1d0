import type { MemcgLimit } from "../../model/report.js";
import { type Int64, parseInt64 } from "../../model/units.js";
import { isCounterLine, readCounters } from "../counters.js";
import type { Rule } from "../rule.js";

/**
 * Printed limits that mean "no limit", in kB. Since v3.19 and in RHEL 7 it is `PAGE_COUNTER_MAX`, which depends on page
 * size and word size; v3.12 to v3.18 `RES_COUNTER_MAX`, before and in RHEL 6 `LLONG_MAX`, both far above.
 */
const pageSizesKb = [4, 8, 16, 32, 64, 256];
const longMax32 = 2147483647;
const unlimitedFromKb = Math.min(...pageSizesKb.map((pageKb) => Number.MAX_SAFE_INTEGER - pageKb));

function isUnlimited(limitKb: Int64): boolean {
  return limitKb >= unlimitedFromKb || pageSizesKb.some((pageKb) => limitKb === longMax32 * pageKb);
}

const limitLine = /^(memory\+swap|memory|kmem|swap): usage (\d{1,20})kB, limit (\d{1,20})kB, failcnt (\d{1,20})/;

/** Names in memory.stat, by family; those of cgroup v1 (since v6.5) have a `total_` form too. */
const statNames =
  /^(?:total_)?(?:anon(?:_thp)?|file(?:_mapped|_dirty|_writeback|_thp)?|shmem(?:_thp)?|kernel(?:_stack)?|(?:sec_)?pagetables|percpu|sock|vmalloc|zswap(?:ped|_incomp)?|swapcached|(?:in)?active_(?:anon|file)|unevictable|slab(?:_(?:un)?reclaimable)?|workingset_[a-z_]+|pg[a-z_]+|pswp(?:in|out)|swp(?:in|out)_zero|zswp(?:in|out|wb)|thp_[a-z_]+|numa_[a-z_]+|hugetlb|cache|rss(?:_huge)?|mapped_file|dirty|writeback|swap|hierarchical_[a-z]+_limit)$/;

const resultOf = " killed as a result of limit of ";

/** `A killed as a result of limit of B`: B is A or above it, which tells where a path itself holds those words. */
function splitPaths(text: string): { readonly taskMemcg: string; readonly oomMemcg: string } {
  const parts = text.split(resultOf);
  const splits = parts.slice(1).map((_, at) => ({
    taskMemcg: parts
      .slice(0, at + 1)
      .join(resultOf)
      .trim(),
    oomMemcg: parts
      .slice(at + 1)
      .join(resultOf)
      .trim(),
  }));
  const related = splits.find(({ taskMemcg, oomMemcg }) => `${taskMemcg}/`.startsWith(oomMemcg.replace(/\/?$/, "/")));
  return related ?? splits[0] ?? { taskMemcg: text, oomMemcg: "" };
}

export const memcgRules: readonly Rule[] = [
  {
    // v2.6.31 to v4.20: `Task in /a/b killed as a result of limit of /a`; v3.15 to v3.17 on three lines.
    name: "memcg-task",
    starts: ["Task in "],
    opens: "fragment",
    mark: /^Task in /,
    read(text, line, draft) {
      if (draft.ended) return "next-report";
      if (!text.includes(resultOf)) return text.includes("\n") ? "other" : "incomplete";
      const paths = splitPaths(text.slice("Task in ".length));
      draft.touchMemcg(line.line);
      draft.memcgTask = { ...paths, line: line.line };
      return "read";
    },
  },
  {
    // v4.1 to v4.20, no victim (a panic follows).
    name: "memcg-limit-reached",
    starts: ["Memory limit reached of cgroup "],
    read(text, line, draft) {
      draft.touchMemcg(line.line);
      const oomMemcg = text.slice("Memory limit reached of cgroup ".length).trim();
      draft.memcgTask = { taskMemcg: null, oomMemcg, line: line.line };
      return "read";
    },
  },
  {
    name: "memcg-limit",
    starts: ["memory", "kmem: ", "swap: "],
    opens: "fragment",
    mark: /: usage \d+kB, limit /,
    read(text, line, draft) {
      const match = limitLine.exec(text);
      if (!match) return "other";
      if (draft.ended || draft.limits.some((known) => known.name === match[1])) return "next-report";
      const [, name = "", usage = "", limit = "", failcnt = ""] = match;
      draft.touchMemcg(line.line);
      draft.limits.push({
        name: name as MemcgLimit["name"],
        usageKb: parseInt64(usage),
        limitKb: parseInt64(limit),
        unlimited: isUnlimited(parseInt64(limit)),
        failcnt: parseInt64(failcnt),
        line: line.line,
      });
      return "read";
    },
  },
  {
    // v3.9 to v5.2 one line per cgroup with its counters in KB; since v5.3 a title that memory.stat lines follow.
    name: "memcg-stats",
    starts: ["Memory cgroup stats"],
    opens: "fragment",
    mark: /^Memory cgroup stats/,
    read(text, line, draft) {
      const match = /^Memory cgroup stats(?: for (.*?))?:(?: (?=[a-z_]+:\d)(.*)| *)$/.exec(text);
      if (!match) return "other";
      if (draft.ended) return "next-report";
      draft.touchMemcg(line.line);
      const counters = match[2] === undefined ? [] : [...readCounters(match[2], line.line, "kB").counters];
      draft.stats.push({ path: match[1] ?? null, counters, line: line.line });
      return "read";
    },
  },
  {
    // Since v5.3: `anon 83668992`, in bytes or events; any name, so that counters of later kernels are read too.
    name: "memory-stat",
    read(text, line, draft) {
      const match = /^ *([a-z][a-z0-9_]{1,40}) (\d{1,20})$/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined || draft.ended) return "other";
      if (!draft.isBefore("slab")) {
        // What stood between two reports was lost with messages that the log says it dropped.
        return draft.dropped.length > 0 && statNames.test(match[1]) ? "next-report" : "other";
      }
      let stats = draft.stats.at(-1);
      if (stats === undefined) {
        // The title is lost. Any program prints words and numbers, so only the kernel's own names count then.
        if (!statNames.test(match[1])) return "other";
        stats = { path: null, counters: [], line: line.line };
        draft.stats.push(stats);
      }
      draft.touchMemcg(line.line);
      stats.counters.push({ name: match[1], value: parseInt64(match[2]), unit: "count", line: line.line });
      return "read";
    },
  },
  {
    // The counters of a stats line that another processor's message cut off its title.
    name: "memcg-stats-rest",
    starts: [" cache:", "cache:"],
    read(text, line, draft) {
      const stats = draft.stats.at(-1);
      const read = readCounters(text, line.line, "kB");
      if (stats === undefined || !isCounterLine(read, 3)) return "other";
      draft.touchMemcg(line.line);
      stats.counters.push(...read.counters);
      return "read";
    },
  },
];
