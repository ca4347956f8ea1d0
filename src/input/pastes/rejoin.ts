import type { Format } from "../format.js";
import type { Header } from "../header.js";
import type { Place, Sink } from "../sink.js";
import { createWrapWidth, type Printed } from "./wrap-width.js";

/** Lines broken by a mail program or a terminal. */
export const hardWrap: Format = {
  id: "hard-wrap",
  layer: "paste",
  description: "Broken at 60 to 80 columns, or at a terminal's width, the rest on a line without prefix.",
};

/** Records with newlines of their own, shown by dmesg and journalctl with a hanging indent. */
export const hangingIndent: Format = {
  id: "hanging-indent",
  layer: "paste",
  description: "A record of several lines: those after the first are indented by the width of the prefix.",
};

/** Longest record that is put together: the kernel's own are not longer, and what is not its own has no bound. */
const LONGEST = 8192;
/** Blanks beyond this at the end of a line are a terminal's padding, not part of a name. */
const PADDING = 16;

/** A row without a name, and a header without the column `name`, go on in the next line whatever the widths. */
const UNFINISHED = /^\[ *\d+\](?: +-?\d+){1,16} *$|^\[ +pid +\](?: +(?!name\b)\w+){0,16} *$/;
/** A row that has all its numbers in any kernel's table, so that only its name is missing. */
const NAMELESS = /^\[ *\d+\](?: +-?\d+){6,16} *$/;
const ROW_REST = /^ *-?\d/;
const HEADER_REST = /^ *[a-z_]+/;
const CODE = /^Code: /;
const CODE_REST = /^ ?[0-9a-f]{1,2}(?: <?[0-9a-f]{2}>?){2,64} ?$/;
const ONE_BLANK = /^ \S/;
/** The kernel itself prints no blank into this line, but a task's name may have one. */
const NO_BLANKS = /^oom-kill:constraint=/;
const NAME_REST = /^[^,=]{1,15},pid=\d/;
/** Names that begin a word, which a cut within a word would hardly leave. */
const FIELD =
  /^(?:total-vm|(?:anon|file|shmem)-rss|UID|pgtables|oom_score_adj|order|gfp_mask|mems_allowed|nodemask|cpuset)[=:]/;
const WHOLE_BYTE = /^[0-9a-f]{2}(?: |$)/;
/** A word broken after its hyphen. */
const BROKEN_WORD = /[a-z0-9]-$/;
/** How the rest of a report's line begins in a log without prefixes, where any other line is a record of its own. */
const FRAGMENT =
  /^(?:[a-z_]+(?:\([a-z]+\))?:\d|[a-z_]+=|\d+\*\d+kB|\([UMERHCI]+\)|= \d|\d+kB$|\(?[\w.]+\+0x[0-9a-f]+\/0x)/;
/** The kernel's question at the end of a line, and its answer. */
const QUESTION = /all_unreclaimable\? ?$/;
const ANSWER = /^ ?(?:yes|no) ?$/;
/** Another record printed into this one on a console: the rest of the line comes later, and is no wrap. */
const TORN = /.\[ *\d{1,8}\.\d{6}\]/;
/** What programs print on a console between the kernel's lines. */
const FOREIGN =
  /^(?:\[ {0,2}(?:OK|FAILED|DEPEND|WARN|INFO|TIME| \*)|\*\*|-- |--$|==>|[$#] |\S+ login:|Welcome to |Starting |Started )/;

/** A record that the next line may continue. */
interface Held {
  readonly header: Header;
  readonly prefix: number;
  text: string;
  place: Place;
  printed: Printed;
}

/** Joins lines without prefix to the record that they continue. */
export interface Rejoiner {
  /** Whether the record before had a prefix. */
  readonly prefixed: boolean;
  /** Header of the record before, or null. */
  readonly owner: Header | null;
  /** A record whose prefix was `prefix` characters wide (0: none). */
  record(text: string, header: Header, place: Place, prefix: number): void;
  /** Takes a line that a hanging indent shows to be a further line of the record before it. */
  hangs(raw: string, place: Place): boolean;
  /** Takes a line without prefix if it goes on where the record before it was broken. */
  continues(raw: string, place: Place): boolean;
  /** An empty line stands here. */
  blank(): void;
  /** Hands on what is held. */
  flush(): void;
  /** What comes next has nothing to do with what came before. */
  reset(): void;
}

/** @param unwrap False inside an envelope, whose messages are whole. */
export function createRejoiner(sink: Sink, unwrap: boolean): Rejoiner {
  let widths = createWrapWidth();
  let held: Held | null = null;
  /** Header and width of the prefix of the record before, for its further lines. */
  let header: Header | null = null;
  let prefix = 0;
  let blankBefore = false;
  /** Line of the record before: two records on one line are torn ones. */
  let lastLine = 0;
  /** An empty line stands before each record: it ends none. */
  let doubleSpaced = false;

  function flush(): void {
    if (held === null) return;
    sink.record(held.text, held.header, held.place);
    held = null;
  }

  function goesOn(raw: string, previous: Held): boolean {
    if (FOREIGN.test(raw) || (blankBefore && !doubleSpaced)) return false;
    if (completes(previous.text, raw)) {
      widths.confirm();
      return true;
    }
    if (previous.prefix === 0 && !isFragment(previous.text, raw)) return false;
    const wordLength = firstWordLength(raw);
    // One blank in front is the kernel's own (` active_file:…`), unless the line before was cut right there.
    if (
      ONE_BLANK.test(raw) &&
      widths.cut(previous.printed, wordLength, previous.prefix + previous.text.length) === "no"
    )
      return false;
    return widths.goesOn(previous.printed, wordLength) || widths.wrapped(previous.place.line);
  }

  /**
   * A wrap at a word takes the blank with it, unless one stands on either side; a cut at a column takes nothing, and
   * neither does a break after a hyphen. Where the widths do not tell, the kernel's own way of writing does.
   */
  function lostBlank({ text, printed, prefix }: Held, tail: string): boolean {
    if (text.endsWith(" ") || tail.startsWith(" ")) return false;
    if (BROKEN_WORD.test(text) && /^[a-z]/.test(tail)) return false;
    const cut = widths.cut(printed, firstWordLength(tail), prefix + text.length);
    if (cut === "column") return false;
    if (NO_BLANKS.test(text)) return cut === "no" && NAME_REST.test(tail);
    if (UNFINISHED.test(text)) return cut !== "terminal";
    if (text.endsWith(",") || cut === "no") return !tail.startsWith(",");
    return CODE.test(text) ? WHOLE_BYTE.test(tail) : FIELD.test(tail);
  }

  function record(text: string, of: Header, place: Place, width: number): void {
    flush();
    // What stands behind an empty line may come from somewhere else; in a wide log it is but a torn console's.
    if (blankBefore && !doubleSpaced && !widths.wide(place.line)) widths = createWrapWidth();
    doubleSpaced = blankBefore;
    blankBefore = false;
    header = of;
    prefix = width;
    if (!unwrap) {
      sink.record(text, of, place);
      return;
    }
    const torn = place.line === lastLine || TORN.test(text);
    lastLine = place.line;
    if (torn) {
      sink.record(text, of, place);
      return;
    }
    const printed = { line: place.line, width: width + text.length, lastBlank: width + text.lastIndexOf(" ") };
    widths.observe(printed);
    const trimmed = trimPadding(text);
    if (widths.maybeWrapped(printed) || UNFINISHED.test(trimmed) || BROKEN_WORD.test(trimmed) || CODE.test(text))
      held = { header: of, place, prefix: width, text: trimmed, printed };
    else sink.record(trimmed, of, place);
  }

  return {
    get prefixed() {
      return prefix > 0;
    },
    get owner() {
      return header;
    },
    record,
    hangs(raw, place) {
      if (header === null || prefix < 2 || !startsBlank(raw, prefix)) return false;
      record(raw.slice(prefix), header, place, prefix);
      return true;
    },
    continues(raw, place) {
      if (held === null || held.text.length > LONGEST || !goesOn(raw, held)) return false;
      const tail = trimPadding(raw);
      held.text += lostBlank(held, tail) ? ` ${tail}` : tail;
      blankBefore = false;
      held.place = { ...held.place, endLine: place.endLine ?? place.line };
      held.printed = { line: place.line, width: raw.length, lastBlank: raw.lastIndexOf(" ") };
      widths.observe(held.printed);
      sink.count("lines-rejoined", place);
      return true;
    },
    blank() {
      blankBefore = header !== null;
    },
    flush,
    reset() {
      flush();
      widths = createWrapWidth();
      header = null;
      prefix = 0;
    },
  };
}

/** Whether a line brings what a row, a header or the bytes of a code line lack. */
function completes(text: string, raw: string): boolean {
  if (CODE.test(text)) return CODE_REST.test(raw);
  if (!UNFINISHED.test(text)) return false;
  return ROW_REST.test(raw) || NAMELESS.test(text) || (text.includes("pid") && HEADER_REST.test(raw));
}

/** Whether a line begins as the rest of a report's line does. */
function isFragment(text: string, raw: string): boolean {
  return FRAGMENT.test(raw) || (QUESTION.test(text) && ANSWER.test(raw));
}

function startsBlank(text: string, width: number): boolean {
  if (text.length <= width) return false;
  for (let i = 0; i < width; i++) if (text.charCodeAt(i) !== 0x20) return false;
  return true;
}

function firstWordLength(text: string): number {
  const start = text.length - text.trimStart().length;
  const end = text.indexOf(" ", start);
  return (end < 0 ? text.length : end) - start;
}

function trimPadding(text: string): string {
  const trimmed = text.trimEnd();
  return text.length - trimmed.length >= PADDING ? trimmed : text;
}
