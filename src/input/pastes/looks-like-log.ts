import { emptyHeader } from "../header.js";
import { peelPrefixes } from "../prefixes/index.js";

/** Beginnings of lines that only an OOM report has, for logs without prefix. */
const REPORT_LINE =
  /^(?:\S.{0,40} invoked oom-killer: |\[ {1,2}pid {1,2}\] |\[ *\d+\] +\d+ +\d+ |oom-kill:constraint=|(?:Memory cgroup out of memory|Out of memory)[ :]|Mem-[Ii]nfo:|Tasks state \(|Killed process \d+ |Task in \/|memory: usage \d|kernel: |Memory cgroup stats for |\{")/;

/** Whether a line, once its decoration is off, begins as a line of a log does: with a stamp, or as a report's line. */
export function looksLikeLog(text: string): boolean {
  if (REPORT_LINE.test(text)) return true;
  const header = emptyHeader();
  peelPrefixes(text, header);
  return header.civil !== null || header.uptimeUsec !== null || header.wallUsec !== null || header.proof !== null;
}
