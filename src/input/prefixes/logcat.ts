import type { Header } from "../header.js";
import { fractionUsec, readSecondOfDay } from "../scan.js";
import type { PrefixFormat } from "./prefix.js";

const LINE = /(?:(\d{4})-)?(\d\d)-(\d\d) (\d\d:\d\d:\d\d)\.(\d{3,6}) +(\d+) +\d+ ([VDIWEFS]) ([^:]*): /y;
const LEVELS = new Map([
  ["V", 7],
  ["D", 7],
  ["I", 6],
  ["W", 4],
  ["E", 3],
  ["F", 2],
]);

/** The kernel's buffer shows pid 0 and no tag; another tag is a program's (lmkd is not the OOM killer). */
function peel(text: string, from: number, header: Header): number {
  LINE.lastIndex = from;
  const match = LINE.exec(text);
  if (match === null) return -1;
  const [whole, year, month, day, time = "", fraction = "", pid, priority = "", tag = ""] = match;
  const secondOfDay = readSecondOfDay(time, 0);
  if (secondOfDay < 0) return -1;
  header.civil = {
    year: year === undefined ? null : Number(year),
    month: Number(month),
    day: Number(day),
    secondOfDay,
    usec: fractionUsec(fraction, 0, fraction.length),
    zone: null,
  };
  header.level = LEVELS.get(priority) ?? null;
  header.ident = tag.trimEnd() || "kernel";
  header.pid = Number(pid) === 0 ? null : Number(pid);
  return from + whole.length;
}

/** `10-17 10:03:07.885     0     0 I         : `. */
export const logcat: PrefixFormat = {
  id: "android-logcat",
  layer: "prefix",
  place: "header",
  description: "Android's logcat with the kernel buffer (`10-17 10:03:07.885     0     0 I         : …`).",
  starts: "0",
  peel,
};
