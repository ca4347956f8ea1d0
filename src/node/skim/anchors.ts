import { otherEvents } from "../../diagnose/index.js";

/** What a line of a raw log may be, seen from afar. */
export type Anchor =
  /** It belongs to a report or opens something like one: what stands before it matters too. */
  | "report"
  /** It matters by itself: another boot, or what is mistaken for a kill. */
  | "line";

/** What stands in a line that may open a report or a part of one (the openings of `src/parse`), whatever its dress. */
const REPORT =
  /oom-kill|kill process \d|Killed process \d|Mem-[Ii]nfo:|\] +uid +|oom_(?:score_)?adj|[Mm]emory cgroup (?:stats|out of)|memory: usage \d+kB|[Oo]ut of [Mm]emory|deadlocked on memory|Kill process \d|OOM victim \d|oom_reaper|page allocation (?:failure|stalls)|Unable to allocate memory|Manual OOM execution|as a result of limit/;
const BOOT = /Linux version \d/;
const OTHER = new RegExp(otherEvents.map(({ pattern }) => pattern.source.replace(/^\^/, "")).join("|"));

/** Whether a line must be read. */
export function anchorOf(text: string): Anchor | null {
  if (REPORT.test(text)) return "report";
  return OTHER.test(text) || BOOT.test(text) ? "line" : null;
}

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

/** Whether the word that begins at a place found by the scanner is no part of an ordinary one (`room/`, `zoom.us`). */
export function isWorthALook(bytes: Uint8Array, at: number): boolean {
  if (((bytes[at] ?? 0) | 0x20) !== 0x6f) return true;
  const next = bytes[at + 3] ?? 0;
  return !isLowerCase(bytes[at - 1] ?? 0) || next === HYPHEN || next === UNDERSCORE;
}

function isLowerCase(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}
