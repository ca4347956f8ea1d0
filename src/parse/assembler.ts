import { countOf } from "../model/count.js";
import type { LogLine } from "../model/log-line.js";
import { makeNote, type Note, type NoteCode } from "../model/note.js";
import type { OomReport, TextLine } from "../model/report.js";
import { Aside } from "./aside.js";
import { buildReport } from "./build.js";
import { ReportDraft, streamOf } from "./draft.js";
import { OpenReport } from "./open-report.js";
import { findOpening, namesTask } from "./openings.js";
import { isOver } from "./patience.js";
import type { Opening } from "./rule.js";
import type { TableLayout } from "./table-layout.js";
import { TornLines } from "./torn.js";

/** Reports open at once; more than one only where caller ids tell apart reports printed into each other. */
const mostOpen = 16;

/** Lines between the sysrq line and the trigger: a work queue runs the request. */
const mostSinceSysrq = 16;

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
  readonly #torn = new TornLines((line) => this.#take(line), namesTask);
  #open: OpenReport[] = [];
  #aside: Aside | null = null;
  /** `SysRq : Manual OOM execution` and the lines since. */
  #sysrq: { readonly line: TextLine; lines: number } | null = null;
  /** Layout of the last table that had its header. */
  #layout: TableLayout | null = null;
  #linesTaken = 0;
  #userspaceLines = 0;
  #firstUserspaceLine: number | null = null;

  constructor(options: AssemblerOptions) {
    this.#options = options;
  }

  /** Takes the next line of the host. */
  push(line: LogLine): void {
    this.#torn.push(line);
  }

  /** Whether no report is open, and nothing that may turn out to be one: lines may be left out here. */
  get idle(): boolean {
    return this.#open.length === 0 && this.#aside === null && this.#torn.idle;
  }

  /** Number of the first line that is still needed: of an open report, or of what may turn out to be one; else null. */
  get since(): number | null {
    const first = this.#open.map(({ draft, first: line }) => draft.sysrq?.line ?? line?.line ?? null);
    const needed = [
      ...first,
      this.#aside?.report.first?.line ?? null,
      this.#sysrq?.line.line ?? null,
      this.#torn.since,
    ];
    return needed.reduce<number | null>(
      (least, line) => (line === null || (least !== null && least <= line) ? least : line),
      null,
    );
  }

  /**
   * Closes reports that have their ending and got no line since the last call: for followers, which call it at steady
   * intervals, since a log may fall silent after a kill.
   */
  settle(): void {
    this.#torn.end();
    for (const report of this.#open) {
      if (!report.draft.ended) continue;
      if (report.settling === report.lastOwn) this.#close(report);
      report.settling = report.lastOwn;
    }
  }

  /** No more lines for now: closes what is open. Lines may follow all the same. */
  end(): void {
    this.#torn.end();
    for (const report of this.#open) this.#close(report);
    this.#aside = null;
    if (this.#firstUserspaceLine !== null) {
      this.#note("userspace-lines", countOf(this.#userspaceLines, "line"), this.#firstUserspaceLine);
      this.#userspaceLines = 0;
      this.#firstUserspaceLine = null;
    }
  }

  #take(line: LogLine): void {
    this.#linesTaken++;
    for (const report of this.#open) {
      report.quietLines++;
      if (report.full) this.#note("report-too-long", String(report.size), line.line);
      if (report.full || isOver(report, line)) this.#close(report);
    }
    if (line.trust === "userspace") {
      this.#takeUserspace(line);
      return;
    }
    this.#watchSysrq(line);
    const report = this.#route(line);
    // Without a report to go to it may still stand inside another task's.
    if (report === undefined) this.#takeOutside(line, this.#open.at(-1));
    else this.#takeInside(line, report);
  }

  #takeInside(line: LogLine, report: OpenReport): void {
    // After the ending, a block that is read apart goes first: its memory block is not a second one of the report.
    if (report.draft.ended && this.#feedAside(line)) return;
    const fed = report.feed(line);
    if (fed === "own") return;
    // A second block in the middle of a report is the aside's where one is known to be printed; else another report's.
    const asideMay = fed === "not-own" || this.#aside?.kind === "not-oom";
    if (asideMay && !report.draft.ended && this.#feedAside(line)) {
      report.setAside(line, "foreign");
    } else if (fed === "next-report") {
      this.#close(report);
      this.#takeOutside(line, undefined);
    } else {
      report.setAside(line);
      this.#openAside(findOpening(line), line);
    }
  }

  /** The open report that the line may belong to. */
  #route(line: LogLine): OpenReport | undefined {
    const last = this.#open.at(-1);
    const stream = streamOf(line);
    if (last === undefined || stream === null || last.draft.stream === null || last.draft.stream === stream)
      return last;
    if (this.#isCutStart(last) && !isCaller(last.draft.stream) && !isCaller(stream)) {
      last.draft.stream = stream;
      return last;
    }
    const same = this.#open.findLast(({ draft }) => draft.stream === null || draft.stream === stream);
    // The reaper is a task of its own.
    return same ?? (line.text.startsWith("oom_reaper: ") ? this.#open.findLast(({ draft }) => draft.ended) : undefined);
  }

  /**
   * Whether a report holds the first line of the log alone. The cut may have taken the level off its prefix, what is left
   * of it being read as a line of its own.
   */
  #isCutStart({ size }: OpenReport): boolean {
    return size === 1 && this.#linesTaken <= 3;
  }

  #takeOutside(line: LogLine, inside: OpenReport | undefined): void {
    if (this.#feedAside(line)) return;
    const opening = findOpening(line);
    // Two reports printed into each other both begin with a trigger: a part that begins with none goes on with the one
    // that is open, although another caller prints it.
    const part = (opening === "fragment" || opening === "rate-limited") && line.caller !== null;
    if (part && inside?.draft.ended === false && isCaller(inside.draft.stream) && inside.feed(line) === "own") return;
    if (opening !== null && opening !== "not-oom" && opening !== "speculation") {
      const report = new OpenReport(new ReportDraft(opening, streamOf(line)));
      this.#start(report);
      // What opened it may not read on: a report without a line would take whatever comes.
      if (report.feed(line) !== "own") this.#open = this.#open.filter((other) => other !== report);
      return;
    }
    inside?.setAside(line, "foreign");
    this.#openAside(opening, line);
  }

  #takeUserspace(line: LogLine): void {
    this.#open.at(-1)?.setAside(line, "foreign");
    if (findOpening(line) === null) return;
    this.#userspaceLines++;
    this.#firstUserspaceLine ??= line.line;
  }

  #start(report: OpenReport): void {
    report.draft.earlierLayout = this.#layout;
    const { stream } = report.draft;
    for (const other of this.#open) {
      const apart = stream !== null && other.draft.stream !== null && other.draft.stream !== stream;
      if (!apart || (other.draft.ended && isCaller(stream))) this.#close(other);
    }
    const oldest = this.#open[0];
    if (oldest !== undefined && this.#open.length >= mostOpen) this.#close(oldest);
    if (this.#sysrq !== null) report.draft.sysrq = this.#sysrq.line;
    this.#sysrq = null;
    this.#aside = null;
    this.#open.push(report);
  }

  #openAside(opening: Opening | "not-oom" | null, line: LogLine): void {
    if (opening !== "not-oom" && opening !== "speculation") return;
    this.#aside = new Aside(opening, streamOf(line));
    if (opening === "speculation") this.#aside.feed(line);
  }

  /** Lets the aside take the line; true when it did. */
  #feedAside(line: LogLine): boolean {
    const aside = this.#aside;
    if (aside === null) return false;
    const fed = aside.feed(line);
    if (fed === "over") this.#aside = null;
    if (fed === "report") {
      // The first line of a cut log may have lost the level in its prefix: the last line tells the stream.
      if (!isCaller(aside.report.draft.stream)) aside.report.draft.stream = streamOf(line);
      this.#start(aside.report);
    }
    return fed === "mine" || fed === "report";
  }

  #watchSysrq(line: LogLine): void {
    if (line.text.endsWith("Manual OOM execution")) {
      this.#sysrq = { line: { line: line.line, text: line.text }, lines: 0 };
    } else if (this.#sysrq !== null && ++this.#sysrq.lines > mostSinceSysrq) {
      this.#sysrq = null;
    }
  }

  #close(report: OpenReport): void {
    this.#open = this.#open.filter((other) => other !== report);
    report.finish();
    const { draft } = report;
    if (draft.opening === "fragment" && !hasSubstance(draft)) {
      // The first line may be one that no rule could read to its end.
      this.#note("stray-lines", countOf(Math.max(1, draft.lines.length), "line"), report.first?.line ?? 0);
      return;
    }
    if (draft.headerLost) {
      const columns = `${draft.layout === draft.earlierLayout ? "the table before" : "the kernel that prints such rows"}`;
      this.#note("table-header-lost", columns, draft.table?.line ?? 0);
    } else if (draft.layout !== null) {
      this.#layout = draft.layout;
    }
    const built = buildReport(draft, this.#options.source);
    const unknown: TextLine | undefined = built.unknownLines[0];
    if (unknown !== undefined) this.#note("unknown-line", countOf(built.unknownLines.length, "line"), unknown.line);
    this.#options.onReport(built);
  }

  #note(code: NoteCode, detail: string, line: number): void {
    this.#options.onNote?.(makeNote(code, detail, { source: this.#options.source, line }));
  }
}

/** Whether a fragment tells anything about a selection. */
function hasSubstance(draft: ReportDraft): boolean {
  return (
    draft.tasks.length > 0 ||
    draft.kills.length > 0 ||
    draft.summary !== null ||
    draft.chosen !== null ||
    draft.memInfo !== null ||
    draft.memcg !== null
  );
}

/** Callers print one after the other and share one clock; streams read by different readers do not. */
function isCaller(stream: string | null): boolean {
  return stream !== null && /^[TC]\d/.test(stream);
}
