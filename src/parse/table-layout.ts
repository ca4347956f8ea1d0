import type { TaskRow } from "../model/report.js";
import { type Int64, parseInt64 } from "../model/units.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type RowDraft = Mutable<TaskRow>;

/** Columns that we know, by the name in the header, and the field that they fill. One row for a new column. */
const knownColumns: Readonly<Record<string, (row: RowDraft, value: Int64) => void>> = {
  pid: (row, value) => {
    row.pid = Number(value);
  },
  tgid: (row, value) => {
    row.tgid = Number(value);
  },
  uid: (row, value) => {
    row.uid = Number(value);
  },
  total_vm: (row, value) => {
    row.totalVmPages = value;
  },
  rss: (row, value) => {
    row.rssPages = value;
  },
  rss_anon: (row, value) => {
    row.rssAnonPages = value;
  },
  rss_file: (row, value) => {
    row.rssFilePages = value;
  },
  rss_shmem: (row, value) => {
    row.rssShmemPages = value;
  },
  pgtables_bytes: (row, value) => {
    row.pgtablesBytes = value;
  },
  nr_ptes: (row, value) => {
    row.nrPtes = value;
  },
  nr_pmds: (row, value) => {
    row.nrPmds = value;
  },
  swapents: (row, value) => {
    row.swapPages = value;
  },
  oom_score_adj: (row, value) => {
    row.oomScoreAdj = Number(value);
  },
  oom_adj: (row, value) => {
    row.oomAdj = Number(value);
  },
  cpu: (row, value) => {
    row.cpu = Number(value);
  },
};

/** Columns without which a table cannot be read. */
const required = ["pid", "tgid", "uid", "total_vm", "rss"];

const openBracket = "[".charCodeAt(0);
const closeBracket = "]".charCodeAt(0);
const blank = " ".charCodeAt(0);
const tab = "\t".charCodeAt(0);
const minus = "-".charCodeAt(0);
const zero = "0".charCodeAt(0);
const nine = "9".charCodeAt(0);

/** How the rows of one table are laid out: read from the printed header, whatever columns it names. */
export class TableLayout {
  /** Column names as printed, from `pid` to `name`. */
  readonly columns: readonly string[];
  readonly #fill: readonly (((row: RowDraft, value: Int64) => void) | null)[];

  private constructor(columns: readonly string[]) {
    this.columns = columns;
    this.#fill = columns.slice(0, -1).map((column) => knownColumns[column] ?? null);
  }

  /** The layout that a header line names, or null when the text is no header. */
  static fromHeader(text: string): TableLayout | null {
    const header = /^\s*\[ *pid *\]\s+(\S.*)$/.exec(text);
    if (header?.[1] === undefined) return null;
    const columns = ["pid", ...header[1].trimEnd().split(/\s+/)];
    return TableLayout.of(columns);
  }

  /** The layout of these columns, `pid` first and `name` last; null when they cannot make a table. */
  static of(columns: readonly string[]): TableLayout | null {
    if (columns.at(-1) !== "name" || !required.every((column) => columns.includes(column))) return null;
    return new TableLayout(columns);
  }

  /**
   * Reads a row, or gives null when the text is none. This is the hot path: widths are minima, so it scans for blanks
   * and digits by hand; the name is everything after the single blank that follows the last number.
   */
  readRow(text: string, line: number): TaskRow | null {
    const fill = this.#fill;
    const row: RowDraft = { pid: 0, tgid: 0, uid: 0, name: "", totalVmPages: 0, rssPages: 0, line };
    let at = skipBlanks(text, 0);
    if (text.charCodeAt(at) !== openBracket) return null;
    at++;
    for (let column = 0; column < fill.length; column++) {
      const start = skipBlanks(text, at);
      let end = start;
      if (text.charCodeAt(end) === minus) end++;
      const digits = end;
      let value = 0;
      for (let code = text.charCodeAt(end); code >= zero && code <= nine; code = text.charCodeAt(++end)) {
        value = value * 10 + (code - zero);
      }
      if (end === digits || end - digits > 20) return null;
      const next = text.charCodeAt(end);
      if (column === 0) {
        at = skipBlanks(text, end);
        if (text.charCodeAt(at) !== closeBracket) return null;
        at++;
      } else {
        if (next !== blank && next !== tab && end < text.length) return null;
        at = end;
      }
      const exact = end - digits > 15 ? parseInt64(text.slice(start, end)) : digits > start ? 0 - value : value;
      const put = fill[column];
      if (put) put(row, exact);
      else row.other = { ...row.other, [this.columns[column] ?? ""]: text.slice(start, end) };
    }
    row.name = text.slice(at + 1);
    return row;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === blank || code === tab; code = text.charCodeAt(++at));
  return at;
}
