import { csv } from "../envelopes/csv.js";
import { envelopesFor } from "../envelopes/index.js";
import { emptyHeader } from "../header.js";
import { peelPrefixes } from "../prefixes/index.js";

/** Beginnings of lines that only an OOM report has, for logs without prefix. */
const REPORT_LINE =
  /^(?:\S.{0,40} invoked oom-killer: |\[ {1,2}pid {1,2}\] |\[ *\d+\](?: +\d+){4} |oom-kill:constraint=|(?:Memory cgroup out of memory|Out of memory)[ :]|Mem-[Ii]nfo:|Tasks state \(|Killed process \d+ |Task in \/|memory: usage \d|kernel: |Memory cgroup stats for )/;

/** Whether a line, once its decoration is off, begins with a stamp, the header of a log or an envelope. */
export function isStamped(text: string): boolean {
  // The head of a table is any words with commas: no evidence.
  if (envelopesFor(text.charCodeAt(0)).some((format) => format !== csv && format.opens(text))) return true;
  const header = emptyHeader();
  peelPrefixes(text, header);
  return header.civil !== null || header.uptimeUsec !== null || header.wallUsec !== null || header.proof !== null;
}

/** Whether it begins as a line of a report does, with or without a stamp. */
export function looksLikeLog(text: string): boolean {
  return REPORT_LINE.test(text) || isStamped(text);
}
