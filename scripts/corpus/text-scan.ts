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

const HEADER = /\[ *pid *\] +uid +tgid +total_vm +rss +(.*\S)/;
const ROW = /\[ *\d+\] +(-?\d+ .*)$/;
/** Numbers of a row where no header says how many: uid, tgid, total_vm, rss, cpu and oom_adj of the oldest table. */
const FEWEST_NUMBERS = 6;
const KILL = /Kill(?:ed)? process \d+/;

/** Scans the lines of a file; `invoked` are the lines of its triggers. */
export function scanText(lines: readonly string[], invoked: readonly number[]): TextScan {
  const opens = new Set(invoked);
  let rows = 0;
  const reports: ScannedReport[] = [];
  let current = { invoked: null as number | null, swapents: false, rows: 0, kill: false, tableEnded: false };
  let numbers: number | null = null;
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
      numbers = null;
    }
    const header = HEADER.exec(line);
    if (header !== null) {
      const columns = (header[1] ?? "").split(/ +/);
      // uid, tgid, total_vm and rss stand before these; the last one is the name.
      numbers = columns.length + 3;
      current.swapents = columns.includes("swapents");
      continue;
    }
    if (isRow(line, numbers ?? FEWEST_NUMBERS)) {
      rows++;
      current.rows++;
      continue;
    }
    if (KILL.test(line)) {
      current.kill = true;
      if (current.rows > 0) current.tableEnded = true;
    }
  }
  close();
  return { rows, reports };
}

function isRow(line: string, numbers: number): boolean {
  const row = ROW.exec(line);
  if (row === null) return false;
  const fields = (row[1] ?? "").trimStart().split(/ +/);
  return fields.length > numbers && fields.slice(0, numbers).every((field) => /^-?\d+$/.test(field));
}
