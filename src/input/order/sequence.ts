import type { Header } from "../header.js";
import type { Entry } from "./entry.js";

/** Records that a network may have swapped are held until their turn comes, or until this many wait. */
const WINDOW = 64;
/** How many records tell which one is the first: it may come late itself. */
const FIRST_WINDOW = 16;
/** A number this much lower than the highest so far comes from another boot, or from another copy of the log. */
const RESTART = 32;

/** Puts records with sequence numbers in order, within a bounded window; those without go straight through. */
export interface SequenceWindow {
  push(entry: Entry): void;
  flush(): void;
}

interface Waiting {
  readonly sequence: number;
  readonly entry: Entry;
}

/** @param onSwapped Called for each record that came after its time. */
export function createSequenceWindow(emit: (entry: Entry) => void, onSwapped: (entry: Entry) => void): SequenceWindow {
  /** In rising order. */
  const waiting: Waiting[] = [];
  let last: number | null = null;
  /** Header of the last record handed on: further lines of it have the same one. */
  let lastHeader: Header | null = null;
  let highest = -1;

  function release(count: number): void {
    for (const { sequence, entry } of waiting.splice(0, count)) {
      last = sequence;
      lastHeader = entry.header;
      emit(entry);
    }
  }

  /** Hands on what follows the last record without a gap. */
  function releaseRun(): void {
    for (let next = waiting[0]; next !== undefined && last !== null; next = waiting[0]) {
      if (next.sequence > last + 1) return;
      release(1);
    }
  }

  function insert(item: Waiting): void {
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1]?.sequence ?? 0) > item.sequence) at--;
    if (at < waiting.length) onSwapped(item.entry);
    // The same record twice (a repeated datagram) is one; a record of several lines has one header.
    const before = waiting[at - 1];
    if (before?.sequence !== item.sequence || before.entry.header === item.entry.header) waiting.splice(at, 0, item);
  }

  function flush(): void {
    if (waiting.length > 0) release(waiting.length);
  }

  return {
    push(entry) {
      const { sequence } = entry.header;
      if (sequence === null) {
        flush();
        emit(entry);
        return;
      }
      if (sequence < highest - RESTART || entry.boots) {
        flush();
        last = null;
        highest = -1;
      }
      highest = Math.max(highest, sequence);
      if (waiting.length === 0 && (sequence === (last ?? -1) + 1 || entry.header === lastHeader)) {
        last = sequence;
        lastHeader = entry.header;
        emit(entry);
        return;
      }
      if (last !== null && sequence <= last) {
        // Too late for its place: better out of order than lost; one that came already is dropped.
        if (sequence < last || entry.header === lastHeader) emit(entry);
        return;
      }
      insert({ sequence, entry });
      releaseRun();
      if (waiting.length >= (last === null ? FIRST_WINDOW : WINDOW)) {
        release(1);
        releaseRun();
      }
    },
    flush,
  };
}
