import type { LogLine } from "../model/log-line.js";
import type { TextLine } from "../model/report.js";
import type { ReportDraft } from "./draft.js";
import { foreignName } from "./foreign/index.js";
import { grammar } from "./grammar.js";
import { mayRead, type Outcome, type Rule, RuleIndex } from "./rule.js";

/** A kernel record is at most 1,024 bytes long, four times that when every byte is escaped. Longer text is no record. */
export const longestText = 8_192;

/**
 * What one report may hold: eight times the tasks of a machine with the default `kernel.pid_max`, and the text of as
 * many rows.
 */
const mostLines = 1 << 18;
const mostCharacters = 1 << 25;

/** A task name is at most 15 bytes, so that a name with line breaks spans at most 16 lines. */
const longestName = 15;
const mostJoinedLines = 16;

const index = new RuleIndex(grammar);

/** A line that waits for the next own line of its report: only what stands between own lines is inside. */
interface Waiting {
  readonly line: TextLine;
  readonly kind: "foreign" | "unknown" | "blank";
}

/** Lines whose record goes on in the next line. */
interface Held {
  readonly rule: Rule;
  readonly lines: LogLine[];
  text: string;
}

/** A draft that is still taking lines. */
export class OpenReport {
  readonly draft: ReportDraft;
  #waiting: Waiting[] = [];
  #held: Held | null = null;
  #wasEnded = false;
  #characters = 0;
  /** The first line that it was given. */
  first: LogLine | null = null;
  /** The last line of the report's own. */
  lastOwn: LogLine | null = null;
  /** {@link lastOwn} when it was last asked whether the report is settled. */
  settling: LogLine | null = null;
  /** Lines of the log since then; whoever feeds it counts them. */
  quietLines = 0;

  constructor(draft: ReportDraft) {
    this.draft = draft;
  }

  /** Lines that the report keeps in memory, those included that may turn out to stand behind it. */
  get size(): number {
    return this.draft.lines.length + this.#waiting.length + (this.#held?.lines.length ?? 0);
  }

  /** True when the report holds so much that it must be closed, to keep memory bounded whatever is in the log. */
  get full(): boolean {
    return this.size > mostLines || this.#characters > mostCharacters;
  }

  /**
   * Takes a line if it is the report's. `not-own`: it is not, and who feeds it says what it is ({@link setAside}).
   * `next-report`: it begins another report.
   */
  feed(line: LogLine): "own" | "not-own" | "next-report" {
    if (line.text.length > longestText) {
      // What is held does not go on in it, and stands before it.
      this.#giveUpHeld();
      return "not-own";
    }
    this.first ??= line;
    if (this.#held !== null) {
      const joined = this.#join(this.#held, line);
      if (joined !== null) return joined;
    }
    return this.#read(line);
  }

  /** Keeps a line that is not the report's own until the next own line shows that it stands inside. */
  setAside(line: LogLine, kind: Waiting["kind"] = kindOf(line.text)): void {
    // What stands between the ending and a late line is not inside the report, unless it tells of a kill.
    if (this.#wasEnded && !(kind === "unknown" && tellsOfKill.test(line.text))) return;
    const text = line.text.slice(0, longestText);
    this.#characters += text.length;
    this.#waiting.push({ line: { line: line.line, text }, kind });
  }

  /** No more lines will come. */
  finish(): void {
    this.#giveUpHeld();
    // Text that was cut in the middle of a line belongs to the report, not to what follows it.
    const cut = this.#waiting.findIndex(({ kind, line }) => kind === "unknown" && looksOwn(line.text));
    if (cut >= 0) this.#admitWaiting(this.#wasEnded ? this.#waiting.length : cut + 1);
  }

  #read(line: LogLine): "own" | "not-own" | "next-report" {
    const { text } = line;
    for (const rule of index.candidates(text)) {
      if (!mayRead(rule, text)) continue;
      const outcome: Outcome = rule.read(text, line, this.draft);
      if (outcome === "other") continue;
      if (outcome === "next-report") return outcome;
      if (outcome === "incomplete") {
        this.#held = { rule, lines: [line], text };
        return "own";
      }
      this.#own(line);
      return "own";
    }
    return this.#continuesName(line) ? "own" : "not-own";
  }

  /** Reads the held lines with this one; null when they do not belong together. */
  #join(held: Held, line: LogLine): "own" | "next-report" | null {
    const text = `${held.text}\n${line.text}`;
    const first = held.lines[0] ?? line;
    // All lines of one record bear its stamp.
    if (first.uptimeUsec !== null && line.uptimeUsec !== null && first.uptimeUsec !== line.uptimeUsec) {
      this.#giveUpHeld();
      return null;
    }
    const outcome = held.rule.read(text, first, this.draft);
    if (outcome === "read") {
      this.#held = null;
      for (const part of [...held.lines, line]) this.#own(part);
      return "own";
    }
    if (outcome === "incomplete" && line.text.length <= longestName && held.lines.length < mostJoinedLines) {
      held.text = text;
      held.lines.push(line);
      return "own";
    }
    this.#giveUpHeld();
    return null;
  }

  #giveUpHeld(): void {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    const [first, ...more] = held.lines;
    if (first === undefined) return;
    if (held.rule.readCut?.(first.text, first, this.draft) === "read") this.#own(first);
    else this.setAside(first);
    for (const line of more) if (this.#read(line) !== "own") this.setAside(line);
  }

  /** A name may hold line breaks: what follows a row with its very stamp and fits in a name is the rest of it. */
  #continuesName(line: LogLine): boolean {
    const { tasks } = this.draft;
    const row = tasks.at(-1);
    const last = this.lastOwn;
    if (row === undefined || last === null || this.#waiting.length > 0) return false;
    if (
      !last.text.endsWith(row.name.slice(row.name.lastIndexOf("\n") + 1)) ||
      this.draft.table?.endLine !== last.line
    ) {
      return false;
    }
    const sameRecord = line.uptimeUsec !== null && line.uptimeUsec === last.uptimeUsec && line.level === last.level;
    if (!sameRecord || row.name.length + 1 + line.text.length > longestName) return false;
    tasks[tasks.length - 1] = { ...row, name: `${row.name}\n${line.text}` };
    if (this.draft.table !== null) this.draft.table.endLine = line.line;
    this.#own(line);
    return true;
  }

  #own(line: LogLine): void {
    this.#admitWaiting(this.#waiting.length);
    this.#wasEnded = this.draft.ended;
    this.#characters += line.text.length;
    this.draft.lines.push({ line: line.line, text: line.text });
    this.draft.witness(line);
    this.lastOwn = line;
    this.quietLines = 0;
  }

  /** Lets the first waiting lines in: they stand between the report's own. */
  #admitWaiting(count: number): void {
    for (const { line, kind } of this.#waiting.splice(0, count)) {
      this.draft.lines.push(line);
      if (kind === "foreign") this.draft.foreignLineCount++;
      if (kind === "unknown") this.draft.unknownLines.push(line);
    }
    this.#waiting = [];
  }
}

function kindOf(text: string): Waiting["kind"] {
  if (text.trim() === "") return "blank";
  return foreignName(text) === null ? "unknown" : "foreign";
}

const tellsOfKill = /\bKill(?:ed)? process \d|^oom-kill:|^oom_reaper: /;

/** Whether an unread line still shows that it was a report's: a row, a kill line, a summary cut in the middle. */
function looksOwn(text: string): boolean {
  return tellsOfKill.test(text) || /^\[ *\d+\] +\d|^Node \d+ /.test(text);
}
