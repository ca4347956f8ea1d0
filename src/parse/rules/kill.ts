import type { LogLine } from "../../model/log-line.js";
import { type Int64, isInt32, isInt64, parseInt64 } from "../../model/units.js";
import type { ReportDraft } from "../draft.js";
import type { Outcome, Rule } from "../rule.js";

/** What stands before `Killed process` and `Kill process`, and in which reports. One row for a new phrase. */
export const killMessages = [
  "Out of memory",
  "Memory cgroup out of memory",
  "Out of memory (oom_kill_allocating_task)",
  "Out of Memory", // v2.6.18
  "No available memory (MPOL_BIND)", // up to v2.6.35
  "No available memory in cpuset", // up to v2.6.22
];

const longestMessage = Math.max(...killMessages.map((phrase) => phrase.length)) + ": ".length;

/**
 * The message and the rest behind it; null when the text begins with none of the kernel's. A log that is cut at its head
 * may begin within a message: it counts where it can be but one, else as none.
 */
function splitMessage(text: string, verb: string): { message: string | null; rest: string } | null {
  const at = text.indexOf(verb);
  if (at < 0 || at > longestMessage) return null;
  const rest = text.slice(at + verb.length);
  if (at === 0) return { message: null, rest };
  const before = text.slice(0, at);
  const whole = killMessages.find((phrase) => before === `${phrase}: `);
  if (whole !== undefined) return { message: whole, rest };
  const [one, ...more] = killMessages.filter((phrase) => `${phrase}: `.endsWith(before));
  return one === undefined ? null : { message: more.length === 0 ? one : null, rest };
}

/** Bytes of a task name. */
const longestName = 15;

const firstSize = /\s(?:total-vm|vsz):/g;
const size = /(?:^|[\s,])([A-Za-z][\w-]*):(-?\d{1,20})(?:kB)?(?=[ ,]|$)/g;

/** Fields of a kill line, by their name. Those that a later kernel adds are passed over. */
const sizeFields = {
  "total-vm": "totalVmKb",
  vsz: "totalVmKb", // v2.6.33 to v2.6.35
  "anon-rss": "anonRssKb",
  "file-rss": "fileRssKb",
  "shmem-rss": "shmemRssKb",
  pgtables: "pgtablesKb",
  UID: "uid",
  oom_score_adj: "oomScoreAdj",
} as const;

type Sizes = { -readonly [K in (typeof sizeFields)[keyof typeof sizeFields]]?: Int64 };

/**
 * Splits `NAME) total-vm:1kB, …` where the sizes begin: the last such place, as a name may hold anything. A line that
 * ends with the name's own parenthesis prints none. Sizes that no type of the kernel holds are left out, which makes a line
 * odd.
 */
function splitSizes(rest: string): { readonly before: string; readonly sizes: Sizes; readonly isOdd: boolean } {
  const at = /\)\.?$/.test(rest) ? undefined : [...rest.matchAll(firstSize)].at(-1)?.index;
  if (at === undefined) return { before: rest, sizes: {}, isOdd: false };
  const sizes: Sizes = {};
  let isOdd = false;
  for (const [, name = "", value = ""] of rest.slice(at).matchAll(size)) {
    if (!Object.hasOwn(sizeFields, name)) continue;
    const field = sizeFields[name as keyof typeof sizeFields];
    const exact = parseInt64(value);
    if (field === "uid" || field === "oomScoreAdj" ? isInt32(exact) : isInt64(exact)) sizes[field] = exact;
    else isOdd = true;
  }
  return { before: rest.slice(0, at), sizes, isOdd };
}

export const killRules: readonly Rule[] = [
  {
    // Up to v5.0, who was chosen: `MSG: Kill process N (NAME) score S or sacrifice child`, ` or a child`, ` and children.`.
    name: "kill-chosen",
    opens: "rate-limited",
    mark: /[Kk]ill process \d/,
    read(text, line, draft) {
      const split = splitMessage(text, "Kill process ") ?? splitMessage(text, "kill process ");
      if (split === null) return "other";
      const tail = /\) score (-?\d{1,20}) (?:or sacrifice child|or a child|and children\.?)$/.exec(split.rest);
      const head = /^(\d{1,10}) \(/.exec(split.rest);
      if (tail?.[1] === undefined || head === null) return "other";
      if (draft.kills.length > 0 || draft.chosen !== null || draft.ended) return "next-report";
      draft.enter("choice");
      draft.chosen = {
        pid: Number(head[1]),
        name: split.rest.slice(head[0].length, tail.index),
        score: parseInt64(tail[1]),
        message: split.message,
        line: line.line,
      };
      return "read";
    },
  },
  {
    // v2.6.37 to v4.3 and RHEL 6.2 to 7.8: a process that shares the victim's mm.
    name: "kill-sharer",
    starts: ["Kill process "],
    read(text, line, draft) {
      const match = /^Kill process (\d{1,10}) \((.*)\) sharing same memory$/.exec(text);
      if (match?.[2] === undefined) return "other";
      draft.enter("choice");
      draft.sharers.push({ pid: Number(match[1]), name: match[2], line: line.line });
      return "read";
    },
  },
  {
    name: "killed",
    opens: "rate-limited",
    mark: /Killed process \d/,
    read(text, line, draft) {
      // A blank at the end is where a wrap broke the line before the sizes.
      return text.endsWith(") ") ? "incomplete" : readKilled(text, line, draft);
    },
    readCut: readKilled,
  },
  {
    // Since v4.19: `Tasks in PATH are going to be killed due to memory.oom.group set`.
    name: "group-kill",
    starts: ["Tasks in "],
    read(text, line, draft) {
      const end = text.lastIndexOf(" are going to be killed due to memory.oom.group set");
      if (end < 0) return text.includes("\n") ? "other" : "incomplete";
      if (draft.groupKill !== null) {
        // The same record pasted twice is no second group.
        return line.uptimeUsec !== null && line.uptimeUsec === draft.groupKillUsec ? "read" : "next-report";
      }
      draft.enter("ended");
      draft.groupKillUsec = line.uptimeUsec;
      draft.groupKill = { path: text.slice("Tasks in ".length, end).trim(), line: line.line };
      return "read";
    },
  },
  {
    // Since v5.9: `MSG: OOM victim N (NAME) is already exiting. Skip killing the task`.
    name: "already-exiting",
    read(text, line, draft) {
      const match = /: OOM victim (\d{1,10}) \((.*)\) is already exiting\. Skip killing the task$/.exec(text);
      if (match?.[2] === undefined) return "other";
      draft.enter("ended");
      draft.alreadyExiting.push({ pid: Number(match[1]), name: match[2], line: line.line });
      return "read";
    },
  },
  {
    // Since v4.8: `oom killer V (NAME) has mm pinned by P (NAME)`.
    name: "mm-pinned",
    starts: ["oom killer "],
    read(text, line, draft) {
      if (!text.includes(" has mm pinned by ")) return "other";
      draft.mmPinned.push({ line: line.line, text });
      return "read";
    },
  },
];

/** Who died. The name may hold anything, so the line is read from its fixed right end. */
function readKilled(text: string, line: LogLine, draft: ReportDraft): Outcome {
  const split = splitMessage(text, "Killed process ");
  if (split === null) return "other";
  const head = /^(\d{1,10})(?:, UID (\d{1,10}),)? \(/.exec(split.rest);
  if (head === null) return "other";
  const { before, sizes, isOdd } = splitSizes(split.rest);
  // RHEL 7.7 puts the uid between name and sizes; v2.6.18 ends the line with a full stop.
  // A later kernel may put fields of its own before the sizes.
  const end = /\)(?:, UID (\d{1,10}),|\.)?(?: [A-Za-z][\w-]{0,30}:[^\s():]{1,256},?){0,4} ?$/.exec(before);
  if (end === null || end.index < head[0].length) return "incomplete";
  const name = before.slice(head[0].length, end.index);
  // What ends in another kill line is no name with a line break: this line was cut.
  if (name.includes("\n") && name.length > longestName) return "other";
  if ((draft.kills.length > 0 || draft.panic !== null) && draft.groupKill === null) return "next-report";
  const { uid = end[1] ?? head[2], oomScoreAdj, ...kb } = sizes;
  draft.enter("ended");
  // The kill is told without them.
  if (isOdd) draft.unknownLines.push({ line: line.line, text });
  draft.kills.push({
    pid: Number(head[1]),
    name,
    message: split.message,
    afterGroup: draft.groupKill !== null,
    ...(uid === undefined ? {} : { uid: Number(uid) }),
    ...kb,
    ...(oomScoreAdj === undefined ? {} : { oomScoreAdj: Number(oomScoreAdj) }),
    line: line.line,
  });
  return "read";
}
