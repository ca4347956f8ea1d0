import type { Rule } from "../rule.js";

const taintWords = [" Not tainted", " Tainted: "];

/** The line of processor and task, and the lines of `dump_stack` that stand around it. */
export const cpuLineRules: readonly Rule[] = [
  {
    // Since v3.10: `CPU: 3 [UID: 0 ]PID: 1234 Comm: NAME [Kdump: loaded ]Not tainted RELEASE #1 …`.
    name: "cpu",
    starts: ["CPU: "],
    opens: "speculation",
    mark: /^CPU: \d+ .*Comm: /,
    read(text, line, draft) {
      const head = /^CPU: (\d{1,6}) (?:UID: (\d{1,10}) )?PID: (\d{1,10}) Comm: /.exec(text);
      if (!head || draft.phase !== "head" || draft.cpu !== null) return "other";
      const tail = readTaintAndRelease(text.slice(head[0].length));
      if (tail === null) return "incomplete";
      draft.cpu = {
        cpu: Number(head[1]),
        uid: head[2] === undefined ? null : Number(head[2]),
        pid: Number(head[3]),
        ...tail,
        line: line.line,
      };
      return "read";
    },
  },
  {
    // Up to v3.9: `Pid: 1234, comm: NAME Not tainted RELEASE #1`.
    name: "pid",
    starts: ["Pid: "],
    opens: "speculation",
    mark: /^Pid: \d+, comm: /,
    read(text, line, draft) {
      const head = /^Pid: (\d{1,10}), comm: +/.exec(text);
      if (!head || draft.phase !== "head" || draft.cpu !== null) return "other";
      const tail = readTaintAndRelease(text.slice(head[0].length));
      if (tail === null) return "incomplete";
      draft.cpu = { cpu: null, uid: null, pid: Number(head[1]), ...tail, line: line.line };
      return "read";
    },
  },
  {
    name: "hardware",
    starts: ["Hardware name: "],
    read(text, line, draft) {
      if (draft.phase !== "head" || draft.hardware !== null) return "other";
      draft.hardware = { line: line.line, text };
      return "read";
    },
  },
  {
    name: "context",
    starts: ["Tainted: [", "Workqueue: ", "Stopper: ", "Sched_ext: "],
    read(text, line, draft) {
      if (draft.phase !== "head") return "other";
      draft.context.push({ line: line.line, text });
      return "read";
    },
  },
];

/** `NAME Tainted: G   OE   RELEASE #1 …`: the name may hold anything, so the last taint word is the kernel's. */
function readTaintAndRelease(text: string): { name: string; taint: string; release: string } | null {
  const at = Math.max(...taintWords.map((word) => text.lastIndexOf(word)));
  if (at < 0) return null;
  let name = text.slice(0, at);
  // Since v4.17, and RHEL 7.7: a loaded crash kernel is told between name and taint.
  if (name.endsWith(" Kdump: loaded")) name = name.slice(0, -" Kdump: loaded".length);
  const rest = text.slice(at).replace(/^ Not tainted| Tainted: /, "");
  // Flags are capital letters, blanks and (RHEL) dashes, in a field of fixed width that a wrapped line may break; a release begins with a digit.
  const fields = /^([A-Z\s-]*)\(?(\d[^\s)]*)/.exec(rest);
  if (fields?.[1] === undefined || fields[2] === undefined) return null;
  return { name, taint: fields[1].replaceAll(/[\s-]/g, ""), release: fields[2] };
}
