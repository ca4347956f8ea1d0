import { isDigit } from "../scan.js";
import { isStamped } from "./looks-like-log.js";
import type { PasteFormat } from "./paste.js";

/** `     1⇥`, `1301:`, `1301-`, `file:1301:`. A date (`2026-10-17`) or a time (`10:03:07`) is no line number. */
const NUMBER = /^(?:[^\s:]{1,200}?[:-])?[ \t]*(\d{1,9})(?:\t|[:-](?!\d\d[:-]|\d\d\d\d-)|\) | {1,2}\| ?)/;

/** Whether a colon, a dash or a tab ends the first word: most lines of a log stop here. */
function mayBeNamed(text: string): boolean {
  const code = text.charCodeAt(0);
  if (code === 0x20 || isDigit(code)) return true;
  const blank = text.indexOf(" ");
  const mark = text.search(/[:-]/);
  return mark > 0 && (blank < 0 || mark < blank);
}

/** Line numbers: they rise. */
export const lineNumbers: PasteFormat = {
  id: "line-numbers",
  layer: "paste",
  description: "Numbered by cat -n, nl, grep -n or grep -C (`     1⇥[    3.865246] …`, `1301:…`).",
  starts: "0a ./",
  needs: "line",
  open(text) {
    if (!mayBeNamed(text) || !NUMBER.test(text)) return null;
    let last = -1;
    return (line) => {
      const match = NUMBER.exec(line);
      if (match === null || Number(match[1]) <= last) return null;
      last = Number(match[1]);
      return line.slice(match[0].length);
    };
  },
};

/** `/var/log/syslog:`, `kern.log.1:`. */
const FILE = /^[^\s:]{1,200}:(?=\S|\s{1,4}\S)/;

/** The name of the file, by grep -r or grep -H. */
export const fileNames: PasteFormat = {
  id: "file-names",
  layer: "paste",
  description: "Found by grep in several files (`/var/log/syslog.1:Oct 17 10:03:07 web-07 kernel: …`).",
  starts: "a./",
  needs: "stamp",
  open(text) {
    let name = mayBeNamed(text) ? FILE.exec(text)?.[0] : undefined;
    if (name === undefined) return null;
    return (line) => {
      if (name !== undefined && line.startsWith(name)) return line.slice(name.length);
      // The lines of the next file; any other word before a colon may be the kernel's.
      const other = FILE.exec(line)?.[0];
      if (other === undefined || !isStamped(line.slice(other.length))) return null;
      name = other;
      return line.slice(name.length);
    };
  },
};
