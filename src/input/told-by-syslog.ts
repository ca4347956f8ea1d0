import type { Header } from "./header.js";
import type { NoteCounter } from "./notes.js";
import type { Place } from "./sink.js";

const REPEATED = /^(?:last )?message repeated \d+ times/;
const LOST =
  /^(?:Missed \d+ kernel messages|.{0,40}messages lost due to rate-limiting|.{0,20}lost \d+ messages from pid)/;
/** journalctl in place of a text that no terminal could show. */
const BLOB = /^\[[\d.]+[KMG]?B blob data\]$/;

/**
 * Takes note of what a daemon says about records in place of one; true when the line is no record itself. A record
 * whose text was left out stays one: it may be a row of a table.
 */
export function toldBySyslog(text: string, header: Header, place: Place, notes: NoteCounter): boolean {
  if (text.endsWith(" blob data]") && BLOB.test(text)) notes.count("record-lost", place);
  if (header.ident === null) return false;
  if (!text.includes("message")) return false;
  if (REPEATED.test(text)) {
    notes.count("message-repeated", place);
    return true;
  }
  if (LOST.test(text)) {
    notes.note("records-missing", text, place);
    return true;
  }
  return false;
}
