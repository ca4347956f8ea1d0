import type { LogLine } from "../model/log-line.js";
import { makeNote, type Note } from "../model/note.js";
import type { OomReport, TextLine } from "../model/report.js";
import { buildReport } from "./build.js";
import { ReportDraft } from "./draft.js";
import { grammar } from "./grammar.js";
import { OpenReport } from "./open-report.js";
import { mayRead, type Opening } from "./rule.js";

/**
 * When a report closes although no other opened: so many lines, or so many seconds of the log's own clock, after its
 * last own line. After the ending only the reaper is waited for, which comes within seconds.
 */
const patience = {
  ended: { lines: 1_000, usec: 10_000_000 },
  open: { lines: 20_000, usec: 120_000_000 },
} as const;

/** Lines that one report may have: twice the tasks of a machine with the default `kernel.pid_max` of 2^17. */
const mostLines = 1 << 18;

const openingRules = grammar.filter((rule) => rule.opens !== undefined);
const openingText = new RegExp(openingRules.map((rule) => escapeRegExp(rule.holds ?? "")).join("|"));

export interface AssemblerOptions {
  /** Name of the source, for reports and notes. */
  readonly source: string;
  readonly onReport: (report: OomReport) => void;
  readonly onNote?: (note: Note) => void;
}

/**
 * Turns the log lines of one host into reports. A push parser: each report is handed out as soon as it is over, and
 * only the open ones are kept in memory.
 */
export class ReportAssembler {
  readonly #options: AssemblerOptions;
  /** At most one, but where caller ids tell apart reports that were printed into each other. */
  #open: OpenReport[] = [];

  constructor(options: AssemblerOptions) {
    this.#options = options;
  }

  /** Takes the next line of the host. */
  push(line: LogLine): void {
    for (const report of this.#open) if (isOver(report, line)) this.#close(report);
    const report = this.#open.at(-1);
    if (line.trust === "userspace") {
      report?.feedForeign(line);
      return;
    }
    if (report === undefined) {
      this.#tryOpen(line);
      return;
    }
    if (report.feed(line) === "next-report") {
      this.#close(report);
      this.#tryOpen(line);
      return;
    }
    if (report.size > mostLines) this.#close(report);
  }

  /** No more lines for now: closes what is open. Lines may follow all the same. */
  end(): void {
    for (const report of this.#open) this.#close(report);
  }

  #tryOpen(line: LogLine): void {
    const { text } = line;
    if (!openingText.test(text)) return;
    for (const rule of openingRules) {
      if (rule.opens === "speculation" || !mayRead(rule, text)) continue;
      const report = new OpenReport(new ReportDraft(rule.opens as Opening, line.caller));
      if (rule.read(text, line, new ReportDraft(rule.opens as Opening, line.caller)) === "other") continue;
      report.feed(line);
      this.#open.push(report);
      return;
    }
  }

  #close(report: OpenReport): void {
    this.#open = this.#open.filter((other) => other !== report);
    report.finish();
    const built = buildReport(report.draft, this.#options.source);
    const unknown: TextLine | undefined = built.unknownLines[0];
    if (unknown !== undefined) {
      const count = built.unknownLines.length;
      this.#note(makeNote("unknown-line", `${count} ${count === 1 ? "line" : "lines"}`, this.#place(unknown.line)));
    }
    this.#options.onReport(built);
  }

  #place(line: number): { source: string; line: number } {
    return { source: this.#options.source, line };
  }

  #note(note: Note): void {
    this.#options.onNote?.(note);
  }
}

/** Whether a report has waited too long for its next own line, by lines or by the log's own clock. */
function isOver(report: OpenReport, line: LogLine): boolean {
  const limit = report.draft.ended ? patience.ended : patience.open;
  if (report.quietLines > limit.lines) return true;
  const last = report.lastOwn;
  if (last === null) return false;
  if (last.uptimeUsec !== null && line.uptimeUsec !== null) {
    // A clock that falls back by more than that is another boot.
    return Math.abs(line.uptimeUsec - last.uptimeUsec) > limit.usec;
  }
  return last.wallUsec !== null && line.wallUsec !== null && line.wallUsec - last.wallUsec > limit.usec;
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
