import { MESSAGE_NAMES } from "../records/generic.js";
import { readRecord, recordFormatsFor } from "../records/index.js";
import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";

/** A record that does not end within this many characters has a stray quote. */
const LONGEST_RECORD = 1 << 20;
const HEADER = /^(?:"[\w@. -]{1,60}"|[\w@.-]{1,60})(?:[,;\t](?:"[\w@. -]{1,60}"|[\w@.-]{1,60})){0,60}$/;
const SEPARATOR = /["\w][,;\t]/;

/** Cells of a record (RFC 4180), or null when a quoted cell never ends. */
function cellsOf(record: string, separator: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (record.charAt(at) === '"') {
      let end = at + 1;
      for (;;) {
        end = record.indexOf('"', end);
        if (end < 0) return null;
        if (record.charAt(end + 1) !== '"') break;
        end += 2;
      }
      cells.push(record.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = record.indexOf(separator, at);
      cells.push(record.slice(at, end < 0 ? record.length : end));
      at = end < 0 ? record.length : end;
    }
    if (record.charAt(at) !== separator) return cells;
    at++;
  }
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}

/** The first row of a table. */
interface Head {
  readonly columns: readonly string[];
  readonly separator: string;
  readonly quoted: boolean;
}

function headOf(text: string): Head | null {
  if (!HEADER.test(text)) return null;
  const separator = SEPARATOR.exec(text)?.[0].charAt(1) ?? ",";
  const columns = cellsOf(text, separator);
  return columns === null ? null : { columns, separator, quoted: text.startsWith('"') };
}

/** A header row with a column that may hold a log's line. */
function opens(text: string): boolean {
  const header = text.length < 2000 ? headOf(text) : null;
  return header !== null && header.columns.length > 1 && header.columns.some((name) => MESSAGE_NAMES.includes(name));
}

function open(contents: Contents): Envelope {
  const formats = recordFormatsFor(contents.fields);
  const parts = new Map<string, string>();
  let header: Head | null = null;
  let head = "";
  let record = "";
  let start: Place | null = null;
  let quotes = 0;
  return {
    push(text, place) {
      if (header === null) {
        header = headOf(text);
        head = text;
        return header !== null;
      }
      // Tables may be put one after the other.
      if (start === null && (text === "" || text === head)) return true;
      // Who quotes the names of columns quotes their cells.
      if (start === null && header.quoted && !text.startsWith('"')) return false;
      record = start === null ? text : `${record}\n${text}`;
      start ??= place;
      // A record ends where its quotes are even: a quote within a cell is doubled.
      quotes += quotesIn(text);
      if (quotes % 2 === 1 && record.length < LONGEST_RECORD) return true;
      const cells = cellsOf(record, header.separator);
      const found = { place: start, around: [], contents, parts };
      record = "";
      start = null;
      quotes = 0;
      if (cells?.length !== header.columns.length) return false;
      readRecord(formats, Object.fromEntries(header.columns.map((name, i) => [name, cells[i] ?? ""])), found);
      return true;
    },
    flush() {},
    end() {
      if (start !== null) contents.message(record, contents.header(), start);
    },
  };
}

/** Tables of any exporter, by their header row. */
export const csv: EnvelopeFormat = {
  id: "csv",
  layer: "envelope",
  description:
    "CSV with a header row that names a message column (Kibana, Splunk, CloudWatch, Grafana); `;` and tab too.",
  starts: '"a_@',
  opens,
  open,
};
