import type { Contents, Envelope, EnvelopeFormat, FieldNames } from "./envelopes/envelope.js";
import { envelopesFor } from "./envelopes/index.js";
import { emptyHeader, type Header } from "./header.js";
import { markOf } from "./marks.js";
import { cleanLine } from "./pastes/clean.js";
import { isFence } from "./pastes/fence.js";
import { isCutStamp, splitRecords } from "./pastes/one-line.js";
import { createRowRestorer } from "./pastes/pid-caller.js";
import { createQuotedPrintable } from "./pastes/quoted-printable.js";
import { createRejoiner } from "./pastes/rejoin.js";
import { createUndresser } from "./pastes/undresser.js";
import { peelKernelPrefixes, peelPrefixes } from "./prefixes/index.js";
import { peelHostAndTag } from "./prefixes/tag.js";
import type { Place, Sink } from "./sink.js";
import { unescapeText } from "./unescape.js";

/** Hosts that are remembered: names are whatever a log says. */
const MOST_HOSTS = 10_000;

/** Takes the layers off the lines of one stream, from outside in. */
export interface Peeler {
  /** @param outer What the layers further out said of this line, or null. */
  push(raw: string, place: Place, outer: Header | null): void;
  flush(): void;
  end(): void;
  /** Whether lines may be left out here: no record, envelope or decoration spans them. */
  readonly steady: boolean;
}

const CARRIAGE_RETURN = 0x0d;
/** Envelopes may lie in each other (journal lines in a container's log), but not without end. */
const DEEPEST = 4;

export function createPeeler(sink: Sink, fields: FieldNames, depth = 0): Peeler {
  const quotedPrintable = depth === 0 ? createQuotedPrintable() : null;
  const undresser = createUndresser(sink);
  const rejoiner = createRejoiner(sink, depth === 0);
  const style = createStyle();
  const restoreRow = createRowRestorer();
  let envelope: Envelope | null = null;
  let envelopeFormat: EnvelopeFormat | null = null;
  let inner: Peeler | null = null;
  let outer: Header | null = null;

  const contents: Contents = {
    sink,
    fields,
    header: () => (outer === null ? emptyHeader() : { ...outer }),
    message(text, header, place) {
      if (depth === DEEPEST) {
        contents.payload(text, header, place);
        return;
      }
      inner ??= createPeeler(sink, fields, depth + 1);
      for (const line of linesOf(text)) inner.push(line, place, header);
    },
    payload(text, header, place) {
      inner?.flush();
      for (const line of linesOf(unescapeText(text, header))) {
        const at = peelKernelPrefixes(line, 0, header);
        sink.record(line.slice(at), header, place);
      }
    },
    record(text, header, place) {
      inner?.flush();
      for (const line of linesOf(text)) sink.record(line, header, place);
    },
  };

  function closeEnvelope(): void {
    const over = envelope;
    envelope = null;
    envelopeFormat = null;
    over?.end();
    inner?.end();
    inner = null;
  }

  function openEnvelope(text: string, raw: string, place: Place): boolean {
    for (const format of envelopesFor(text.charCodeAt(0))) {
      if (!format.opens(text)) continue;
      rejoiner.reset();
      const opened = format.open(contents);
      envelope = opened;
      envelopeFormat = format;
      if (opened.push(format.raw ? raw : text, place)) return true;
      closeEnvelope();
    }
    return false;
  }

  /** Takes the records on a line one by one, where there are more than one. */
  function split(text: string, from: number, header: Header, place: Place): boolean {
    const records = splitRecords(text, from, header.host);
    for (const record of records ?? []) {
      if (isCutStamp(record)) sink.note("records-missing", `the line ends within a stamp, ${record}`, place);
      else peel(record, place);
    }
    return records !== null;
  }

  function peel(text: string, place: Place): void {
    const header = contents.header();
    let at = peelPrefixes(text, header);
    if (at > 0) {
      // A collector's full date says more than a date without year behind it.
      if (header.civil?.year === null && outer?.civil?.year != null) header.civil = outer.civil;
      at = style.adjust(text, at, header);
      if (split(text, at, header, place)) return;
      const rest = restoreRow(text.slice(at));
      const plain = unescapeText(rest, header);
      for (const line of plain === rest ? [rest] : linesOf(plain)) rejoiner.record(line, header, place, at);
      return;
    }
    if (rejoiner.hangs(text, place)) return;
    const undressed = undresser.discover(text, place);
    if (undressed !== null) {
      if (!openEnvelope(undressed, undressed, place)) peel(undressed, place);
      return;
    }
    if (split(text, 0, header, place) || rejoiner.continues(text, place)) return;
    if (style.isProse()) {
      sink.count("prose-skipped", place);
      return;
    }
    // The rest of a record with a raw newline belongs to the writer of its first line.
    const owner = rejoiner.owner;
    rejoiner.record(text, owner !== null && owner.ident !== null ? owner : header, place, 0);
  }

  function line(raw: string, place: Place): void {
    const bare = withoutReturns(raw);
    if (envelope !== null) {
      if (envelope.push(envelopeFormat?.raw ? raw : undresser.undress(bare), place)) return;
      closeEnvelope();
    }
    // What a transport keeps as it was is not cleaned.
    const clean = bare.startsWith("{") ? bare : cleanLine(bare, sink, place);
    if (clean === null) return;
    const text = undresser.undress(clean);
    if (openEnvelope(text, raw, place)) return;
    if (text === "" || text.trim() === "") {
      rejoiner.blank();
      return;
    }
    if (isFence(text)) {
      style.fence(rejoiner.prefixed);
      rejoiner.flush();
      return;
    }
    const mark = markOf(text);
    if (mark !== null) {
      rejoiner.reset();
      if (mark === "boot") sink.boot();
      return;
    }
    peel(text, place);
  }

  return {
    push(raw, place, around) {
      outer = around;
      if (quotedPrintable === null) {
        line(raw, place);
        return;
      }
      const bare = withoutReturns(raw);
      const joined = quotedPrintable.push(bare, place);
      if (joined !== null) line(joined.text === bare ? raw : joined.text, joined.place);
    },
    flush() {
      envelope?.flush();
      inner?.flush();
      rejoiner.flush();
    },
    get steady() {
      return (
        (envelope === null || envelope.resumable === true) &&
        (inner === null || inner.steady) &&
        undresser.bare &&
        !style.isFenced() &&
        quotedPrintable?.waits !== true
      );
    },
    end() {
      const rest = quotedPrintable?.rest() ?? null;
      if (rest !== null) line(rest.text, rest.place);
      closeEnvelope();
      rejoiner.flush();
    },
  };
}

/** A line without the carriage returns at its end: one of CRLF, more where CRLF was turned into CRLF again. */
function withoutReturns(line: string): string {
  let end = line.length;
  while (line.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
  return end === line.length ? line : line.slice(0, end);
}

/** The lines of a message; the newline at its end makes no line of its own. */
function linesOf(text: string): string[] {
  if (!text.includes("\n")) return [text];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map(withoutReturns);
}

/** What the lines before tell of the way in which this stream is written, where one line alone does not. */
interface Style {
  /** The index at which the text begins, corrected. */
  adjust(text: string, at: number, header: Header): number;
  fence(prefixed: boolean): void;
  /** Whether there are code blocks. */
  isFenced(): boolean;
  /** Whether a line without prefix is someone's comment between code blocks. */
  isProse(): boolean;
}

function createStyle(): Style {
  let host: string | null = null;
  const unpadded = new Set<string | null>();
  let blocks: "none" | "inside" | "outside" = "none";
  return {
    adjust(text, at, header) {
      if (blocks === "outside") blocks = "inside";
      // journalctl's monotonic modes show a host behind the stamp that only other lines prove to be one.
      if (header.host !== null) host = header.host;
      else if (host !== null && header.ident === null && text.startsWith(`${host} `, at))
        return peelHostAndTag(text, at, header);
      // rsyslog's RFC 5424 template leaves a blank before each text; where one text has none, it is the kernel's.
      if (header.padded === false && unpadded.size < MOST_HOSTS) unpadded.add(header.host);
      return header.padded === true && !unpadded.has(header.host) ? at + 1 : at;
    },
    fence(prefixed) {
      // A block that ends after a line of the log began before it, seen or not.
      const closes = blocks === "inside" || (blocks === "none" && prefixed);
      blocks = closes ? "outside" : "inside";
    },
    isFenced: () => blocks !== "none",
    isProse: () => blocks === "outside",
  };
}
