/**
 * A small scan of a log's raw text that shares nothing with the parser, so that it can be counted against it: which
 * lines are task rows, and which reports a reader could decide.
 */

/** What the scan sees between one trigger line and the next. */
export interface ScannedReport {
  /** Line of the trigger, or null for what stands before the first one. */
  readonly invoked: number | null;
  /** A kill line, and a task table with a swapents column that is not cut. */
  readonly hasKillAndWholeTable: boolean;
}

export interface TextScan {
  readonly rows: number;
  readonly reports: readonly ScannedReport[];
}

const HEADER = /\[ *pid *\] +uid +tgid +total_vm +rss +([a-z_ ]*)/;
/** Where a row begins: pid, uid, tgid and total_vm. Several may stand on one line. */
const ROW = /\[ *\d+\] +-?\d+ +\d+ +\d+(?= |$)/g;
/** Numbers of a row where no header says how many: the four above, cpu and oom_adj of the oldest table. */
const FEWEST_NUMBERS = 6;
const KILL = /Kill(?:ed)? process \d+/;

/** Scans the lines of a file; `invoked` are the lines of its triggers. */
export function scanText(lines: readonly string[], invoked: readonly number[]): TextScan {
  const opens = new Set(invoked);
  let rows = 0;
  const reports: ScannedReport[] = [];
  let current = { invoked: null as number | null, swapents: false, rows: 0, kill: false, tableEnded: false };
  let numbers = FEWEST_NUMBERS;
  const close = (): void => {
    reports.push({
      invoked: current.invoked,
      hasKillAndWholeTable: current.swapents && current.rows > 0 && current.kill && current.tableEnded,
    });
  };
  for (const [index, line] of lines.entries()) {
    if (opens.has(index + 1)) {
      close();
      current = { invoked: index + 1, swapents: false, rows: 0, kill: false, tableEnded: false };
    }
    const header = HEADER.exec(line);
    if (header !== null) {
      const columns = (header[1] ?? "").trim().split(/ +/);
      // uid, tgid, total_vm and rss stand before these; the last one is the name.
      numbers = columns.includes("name") ? columns.length + 3 : FEWEST_NUMBERS;
      current.swapents = columns.includes("swapents");
    }
    for (const { index: at } of line.matchAll(ROW)) {
      // A row may be wrapped by mail or a terminal: its numbers go on in the next lines.
      const wrapped = [line.slice(at), ...lines.slice(index + 1, index + 3).map(unquoted)];
      if (!hasNumbers(wrapped[0] ?? "", numbers) && !hasNumbers(wrapped.join(" "), numbers)) continue;
      rows++;
      current.rows++;
    }
    if (KILL.test(line)) {
      current.kill = true;
      if (current.rows > 0) current.tableEnded = true;
    }
  }
  close();
  return { rows, reports };
}

function hasNumbers(row: string, numbers: number): boolean {
  const fields = row
    .slice(row.indexOf("]") + 1)
    .trimStart()
    .split(/ +/);
  return fields.length > numbers && fields.slice(0, numbers).every((field) => /^-?\d+$/.test(field));
}

function unquoted(line: string): string {
  return line.replace(/^[> ]*/, "");
}
