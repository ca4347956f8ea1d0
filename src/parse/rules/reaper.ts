import { parseInt64 } from "../../model/units.js";
import type { Rule } from "../rule.js";

/** What is left of the victim, as far as the line goes. */
const size = /(anon|file|shmem)-rss:(-?\d{1,20})kB/g;

/** The reaper speaks up to several seconds after the kill, when other lines have come between. */
export const reaperRules: readonly Rule[] = [
  {
    // Since v4.6: `oom_reaper: reaped process N (NAME), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB`.
    name: "reaped",
    starts: ["oom_reaper: reaped process "],
    read(text, line, draft) {
      const match = /^oom_reaper: reaped process (\d{1,10}) \((.*)\), now\b(.*)$/.exec(text);
      if (match?.[2] === undefined || match[3] === undefined) return "other";
      const sizes = new Map([...match[3].matchAll(size)].map(([, name, value = ""]) => [name, parseInt64(value)]));
      const [anon, file, shmem] = [sizes.get("anon"), sizes.get("file"), sizes.get("shmem")];
      draft.reaper.push({
        outcome: "reaped",
        pid: Number(match[1]),
        name: match[2],
        ...(anon === undefined ? {} : { anonRssKb: anon }),
        ...(file === undefined ? {} : { fileRssKb: file }),
        ...(shmem === undefined ? {} : { shmemRssKb: shmem }),
        line: line.line,
      });
      return "read";
    },
  },
  {
    name: "not-reaped",
    starts: ["oom_reaper: unable to reap pid:", "oom_reaper: giving up pid:"],
    read(text, line, draft) {
      const match = /^oom_reaper: (unable to reap|giving up) pid:(\d{1,10}) \((.*)\)/.exec(text);
      if (match?.[3] === undefined) return "other";
      const outcome = match[1] === "giving up" ? "giving-up" : "unable";
      draft.reaper.push({ outcome, pid: Number(match[2]), name: match[3], line: line.line });
      return "read";
    },
  },
];
