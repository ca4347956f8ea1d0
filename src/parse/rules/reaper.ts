import { parseInt64 } from "../../model/units.js";
import type { Rule } from "../rule.js";

/** The reaper speaks up to several seconds after the kill, when other lines have come between. */
export const reaperRules: readonly Rule[] = [
  {
    // Since v4.6: `oom_reaper: reaped process N (NAME), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB`.
    name: "reaped",
    starts: ["oom_reaper: reaped process "],
    read(text, line, draft) {
      const match =
        /^oom_reaper: reaped process (\d{1,10}) \((.*)\), now anon-rss:(\d{1,20})kB, file-rss:(\d{1,20})kB(?:, shmem-rss:(-?\d{1,20})kB)?/.exec(
          text,
        );
      if (match?.[2] === undefined) return "other";
      const [, pid, name, anon = "", file = "", shmem] = match;
      draft.reaper.push({
        outcome: "reaped",
        pid: Number(pid),
        name,
        anonRssKb: parseInt64(anon),
        fileRssKb: parseInt64(file),
        ...(shmem === undefined ? {} : { shmemRssKb: parseInt64(shmem) }),
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
