import type { TaskRow } from "../model/report.js";
import { type Int64, isInt32, isInt64, parseInt64 } from "../model/units.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type RowDraft = Mutable<TaskRow>;

/** A column that we know: the type of C that the kernel prints it from, and the field that it fills. */
interface KnownColumn {
  readonly bits: 32 | 64;
  readonly put: (row: RowDraft, value: Int64) => void;
}

function int(put: (row: RowDraft, value: number) => void): KnownColumn {
  return { bits: 32, put: (row, value) => put(row, Number(value)) };
}

function long(put: (row: RowDraft, value: Int64) => void): KnownColumn {
  return { bits: 64, put };
}

/** By the name in the header. One row for a new column. */
const knownColumns: ReadonlyMap<string, KnownColumn> = new Map([
  [
    "pid",
    int((row, value) => {
      row.pid = value;
    }),
  ],
  [
    "tgid",
    int((row, value) => {
      row.tgid = value;
    }),
  ],
  [
    "uid",
    int((row, value) => {
      row.uid = value;
    }),
  ],
  [
    "total_vm",
    long((row, value) => {
      row.totalVmPages = value;
    }),
  ],
  [
    "rss",
    long((row, value) => {
      row.rssPages = value;
    }),
  ],
  [
    "rss_anon",
    long((row, value) => {
      row.rssAnonPages = value;
    }),
  ],
  [
    "rss_file",
    long((row, value) => {
      row.rssFilePages = value;
    }),
  ],
  [
    "rss_shmem",
    long((row, value) => {
      row.rssShmemPages = value;
    }),
  ],
  [
    "pgtables_bytes",
    long((row, value) => {
      row.pgtablesBytes = value;
    }),
  ],
  [
    "nr_ptes",
    long((row, value) => {
      row.nrPtes = value;
    }),
  ],
  [
    "nr_pmds",
    long((row, value) => {
      row.nrPmds = value;
    }),
  ],
  [
    "swapents",
    long((row, value) => {
      row.swapPages = value;
    }),
  ],
  [
    "oom_score_adj",
    int((row, value) => {
      row.oomScoreAdj = value;
    }),
  ],
  [
    "oom_adj",
    int((row, value) => {
      row.oomAdj = value;
    }),
  ],
  [
    "cpu",
    int((row, value) => {
      row.cpu = value;
    }),
  ],
]);

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
  readonly #fill: readonly (KnownColumn | null)[];

  private constructor(columns: readonly string[]) {
    this.columns = columns;
    this.#fill = columns.slice(0, -1).map((column) => knownColumns.get(column) ?? null);
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
    let other: [string, string][] | null = null;
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
      const known = fill[column];
      // The kernel prints no number that the type of its column can not hold: the line is damaged.
      if (end - digits > 9 && !(known?.bits === 32 ? isInt32(exact) : isInt64(exact))) return null;
      if (known) known.put(row, exact);
      else {
        other ??= [];
        other.push([this.columns[column] ?? "", text.slice(start, end)]);
      }
    }
    if (other !== null) row.other = Object.fromEntries(other);
    row.name = text.slice(at + 1);
    return row;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === blank || code === tab; code = text.charCodeAt(++at));
  return at;
}
