import type { Format } from "../format.js";

/** Records that lost the newline between them. */
export const oneLine: Format = {
  id: "one-line",
  layer: "paste",
  description: "Several records on one line: a chat, or a console that lost a newline (`…[    3.1] a[    3.2] b`).",
};

/** What is left of a stamp where the text was cut within it. */
const CUT_STAMP = /\[ *\d{1,10}\.\d{0,6}$/;
const STAMP = /\[ *\d{1,10}\.\d{6}\] /g;
/** A task's name holds at most 15 characters: a stamp with more text behind it is none. */
const LONGEST_NAME = 15;

const NARROWEST_TERMINAL = 80;
const SYSLOG_DATE = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d$/;
const SHORT_DATE = "Dec 21 13:28:12".length;
/** More stamps than the names on one line could make. */
const MANY = 4;

/**
 * Cuts a line, whose own stamp ends at `from`, before each further stamp; null when there is one record. A stamp may be
 * a task's name: few are believed only when glued to the text before them, with more behind them than a name can hold.
 */
export function splitRecords(text: string, from: number, host: string | null): string[] | null {
  if (host !== null && text.length > NARROWEST_TERMINAL) return splitAtHeaders(text, from, host);
  if (text.indexOf("[", from + 1) < 0) return null;
  const all: number[] = [];
  const glued: number[] = [];
  STAMP.lastIndex = from + 1;
  for (let match = STAMP.exec(text); match !== null; match = STAMP.exec(text)) {
    const before = text.charAt(match.index - 1);
    all.push(match.index);
    if (before !== " " && before !== "(" && text.length - STAMP.lastIndex > LONGEST_NAME) glued.push(match.index);
  }
  const cuts = all.length < MANY ? glued : all;
  if (cuts.length === 0) return null;
  const torn = all.length < MANY ? -1 : text.search(CUT_STAMP);
  if (torn >= 0) cuts.push(torn);
  return [0, ...cuts].map((start, i) => text.slice(start, cuts[i]));
}

/** Whether a record is the beginning of a stamp alone: the text was cut there. */
export function isCutStamp(record: string): boolean {
  return record.search(CUT_STAMP) === 0;
}

/** Cuts where a terminal's padding is followed by the header of another record of the same host. */
function splitAtHeaders(text: string, from: number, host: string): string[] | null {
  const cuts: number[] = [];
  for (let at = text.indexOf(` ${host} kernel: `, from); at >= 0; at = text.indexOf(` ${host} kernel: `, at + 1)) {
    const date = at - SHORT_DATE;
    if (text.startsWith("  ", date - 2) && SYSLOG_DATE.test(text.slice(date, at))) cuts.push(date);
  }
  return cuts.length === 0 ? null : [0, ...cuts].map((start, i) => text.slice(start, cuts[i]));
}
