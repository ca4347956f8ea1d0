import { undoHexEscapes } from "../bytes.js";
import type { Header } from "../header.js";
import type { Place } from "../sink.js";
import type { Contents, Envelope, EnvelopeFormat } from "./envelope.js";

/** Priority, sequence number, microseconds, flags (none before v3.6), further fields up to the semicolon. */
const RECORD = /^(?:(\d+\.\d[^,;]{0,80}),)?(\d{1,3}),(\d{1,20}),(\d{1,20})(?:,([-c+]))?((?:,[^,;]{0,80}){0,8});/;
const CALLER = /,caller=([TC]\d+)/;
const FRAGMENT = /,ncfrag=(\d+)\/(\d+)/;

/** A record whose text goes on in the next one. */
interface Unfinished {
  text: string;
  readonly header: Header;
  readonly place: Place;
}

/** Fragments of one datagram's record (netconsole): by offset, until all of it is there. */
interface Fragments {
  readonly header: Header;
  readonly place: Place;
  readonly total: number;
  readonly pieces: Map<number, string>;
}

/** Records whose pieces come in any order; more are not kept open. */
const OPEN_FRAGMENTS = 64;
/** A record of the kernel makes two or three datagrams. */
const MOST_PIECES = 64;

function open(contents: Contents): Envelope {
  let unfinished: Unfinished | null = null;
  const fragments = new Map<string, Fragments>();

  function flush(): void {
    if (unfinished === null) return;
    const { text, header, place } = unfinished;
    unfinished = null;
    contents.record(undoHexEscapes(text), header, place);
  }

  /** Puts a piece to its record; hands that on when it is whole. */
  function collect(key: string, offset: number, piece: string, start: Omit<Fragments, "pieces">): void {
    let record = fragments.get(key);
    if (record === undefined) {
      record = { ...start, pieces: new Map() };
      fragments.set(key, record);
      const [oldest] = fragments.keys();
      if (fragments.size > OPEN_FRAGMENTS && oldest !== undefined) finish(oldest);
    }
    record.pieces.set(offset, piece);
    let length = 0;
    for (const text of record.pieces.values()) length += text.length;
    if (length >= record.total || record.pieces.size === MOST_PIECES) finish(key);
  }

  /** Hands on what is there of a record; a piece that is missing is named as such. */
  function finish(key: string): void {
    const record = fragments.get(key);
    if (record === undefined) return;
    fragments.delete(key);
    const pieces = [...record.pieces].sort(([a], [b]) => a - b);
    let text = "";
    for (const [offset, piece] of pieces) {
      if (offset > text.length) contents.sink.count("record-lost", record.place);
      text += piece;
    }
    contents.record(undoHexEscapes(text), record.header, record.place);
  }

  return {
    push(text, place) {
      const match = RECORD.exec(text);
      if (match === null) {
        // Lines with a blank in front are the dictionary of the record before.
        return text.startsWith(" ") && /^ [A-Z_]+=/.test(text);
      }
      const [whole, , priority, sequence, usec, flag, more = ""] = match;
      const header = contents.header();
      header.facility = Number(priority) >> 3;
      header.level = Number(priority) & 7;
      header.proof = header.facility === 0 ? "kernel" : "userspace";
      header.uptimeUsec = Number(usec);
      header.sequence = Number(sequence);
      header.caller = CALLER.exec(more)?.[1] ?? null;
      const rest = text.slice(whole.length);
      const fragment = FRAGMENT.exec(more);
      if (fragment !== null) {
        collect(`${sequence} ${usec}`, Number(fragment[1]), rest, { header, place, total: Number(fragment[2]) });
        return true;
      }
      // The first piece of a line is flagged `c`, those after it `+`, or `c` again on newer kernels.
      const goesOn = flag === "+" || flag === "c";
      if (goesOn && unfinished !== null && unfinished.header.caller === header.caller) {
        unfinished.text += rest;
        return true;
      }
      flush();
      if (goesOn) unfinished = { text: rest, header, place };
      else contents.record(undoHexEscapes(rest), header, place);
      return true;
    },
    flush,
    get resumable() {
      return unfinished === null && fragments.size === 0;
    },
    end() {
      flush();
      for (const key of [...fragments.keys()]) finish(key);
    },
  };
}

/** Reads of /dev/kmsg. */
export const kmsg: EnvelopeFormat = {
  id: "kmsg",
  layer: "envelope",
  description: "Records of /dev/kmsg with their dictionaries (`4,1204,3865246,-,caller=T146;…`).",
  starts: "0",
  opens: (text) => /^\d{1,3},\d+,\d+[,;]/.test(text) && RECORD.test(text),
  open,
};

/** Extended netconsole, by a receiver that keeps datagrams as they come. */
export const netconsoleExt: EnvelopeFormat = {
  id: "netconsole-ext",
  layer: "envelope",
  description:
    "Extended netconsole, records cut and swapped by the network (`6.12.107,4,1204,3865246,-,ncfrag=0/199;…`).",
  starts: "0",
  opens: (text) => /^\d+\.\d[^,; ]{0,80},\d{1,3},\d+,\d+[,;]/.test(text) && RECORD.test(text),
  open,
};
