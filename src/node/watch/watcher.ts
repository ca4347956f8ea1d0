import { type Analyser, type AnalysisOverrides, createAnalyser } from "../../analyse.js";
import { type ClockOptions, createLineReader, type LineReader } from "../../input/index.js";
import type { Analysis } from "../../model/analysis.js";
import { makeNote, type Note } from "../../model/note.js";
import { LineSplitter } from "../lines.js";
import { type Cursor, MOST_TOLD } from "./cursor.js";
import type { Followed } from "./follow.js";
import type { FilePosition } from "./follow-file.js";
import { sequenceOf } from "./follow-kmsg.js";

export interface WatcherOptions {
  readonly source: string;
  readonly overrides?: AnalysisOverrides & Pick<ClockOptions, "year" | "timeZone">;
  readonly onNote: (note: Note) => void;
  /** Where the source stands, after the bytes that were given last. */
  readonly position: () => FilePosition | null;
  /** Where an earlier run stopped. */
  readonly cursor: Cursor | null;
}

/** Ticks without any line after which a report without ending is taken to be over: 30 seconds. */
const PATIENCE_TICKS = 120;
/** Ticks between two looks whether a report is over. */
const SETTLE_TICKS = 2;

/** Turns what a followed source does into analyses, each as soon as its report is over. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #analyser: Analyser;
  #reader: LineReader;
  #splitter: LineSplitter;
  #closed: Analysis[] = [];
  /** Lines before the first one of the splitter, where the source began in the middle. */
  #linesBefore: number;
  #line: number;
  #sequence: number | null;
  #told: string[];
  #resume: Cursor;
  #ticks = 0;
  #quietTicks = 0;

  constructor(options: WatcherOptions) {
    const { source, cursor, onNote, overrides = {} } = options;
    const { year: _year, timeZone: _zone, ...ofReport } = overrides;
    this.#options = options;
    this.#analyser = createAnalyser({
      source,
      overrides: ofReport,
      onAnalysis: (analysis) => this.#closed.push(analysis),
      onNote,
    });
    this.#linesBefore = cursor?.line ?? 0;
    this.#line = this.#linesBefore;
    this.#sequence = cursor?.sequence ?? null;
    this.#told = [...(cursor?.told ?? [])];
    this.#resume = cursor ?? { source, position: null, line: 0, sequence: null, told: [] };
    this.#reader = this.#createReader();
    this.#splitter = this.#createSplitter();
  }

  /** What to write down, so that another run neither repeats nor loses a report. */
  get cursor(): Cursor {
    return { ...this.#resume, told: this.#told };
  }

  /** Takes what the source does; gives the reports that are over now and were not told before. */
  async take(event: Followed): Promise<Analysis[]> {
    switch (event.kind) {
      case "bytes":
        this.#quietTicks = 0;
        this.#keepFirstPlace(event.bytes.length);
        if (this.#sequence !== null || this.#options.source === "/dev/kmsg") {
          this.#sequence = sequenceOf(Buffer.from(event.bytes));
        }
        this.#push(await this.#splitter.push(event.bytes));
        break;
      case "tick":
        this.#tick();
        break;
      case "restart":
        await this.#endFile();
        break;
      case "lost":
        this.#options.onNote(
          makeNote("records-missing", "the kernel's log ran over", { source: this.#options.source }),
        );
        break;
    }
    return this.#news();
  }

  /** The source is over. */
  async end(): Promise<Analysis[]> {
    await this.#endFile();
    this.#analyser.end();
    return this.#news();
  }

  #tick(): void {
    this.#ticks++;
    this.#quietTicks++;
    if (this.#ticks % SETTLE_TICKS !== 0) return;
    this.#reader.flush();
    if (this.#quietTicks >= PATIENCE_TICKS) this.#analyser.end();
    else this.#analyser.settle();
    if (this.#analyser.idle) this.#keepPlace();
  }

  /** Remembers this place: nothing is open that began before it. */
  #keepPlace(): void {
    const position = this.#options.position();
    const { unfinished } = this.#splitter;
    this.#resume = {
      source: this.#options.source,
      position: position === null ? null : { ...position, byteOffset: position.byteOffset - unfinished },
      line: this.#line,
      sequence: this.#sequence,
      told: [],
    };
  }

  /** Where it all began, for a run that ends before anything is over: behind the bytes that came first. */
  #keepFirstPlace(byteLength: number): void {
    const position = this.#options.position();
    if (this.#resume.position !== null || position === null) return;
    this.#resume = {
      ...this.#resume,
      position: { ...position, byteOffset: Math.max(position.byteOffset - byteLength, 0) },
    };
  }

  #push(lines: readonly { readonly text: string; readonly line: number; readonly byteOffset: number }[]): void {
    for (const { text, line, byteOffset } of lines) {
      this.#line = this.#linesBefore + line;
      this.#reader.push(text, this.#line, byteOffset);
    }
  }

  /** The file is over; a report may go on in the next one. */
  async #endFile(): Promise<void> {
    this.#push(await this.#splitter.end());
    this.#reader.end();
    this.#reader = this.#createReader();
    this.#splitter = this.#createSplitter();
    this.#linesBefore = 0;
    this.#line = 0;
  }

  #news(): Analysis[] {
    const closed = this.#closed;
    this.#closed = [];
    return closed.filter(({ report }) => {
      const key = `${report.host ?? ""} ${report.id}`;
      if (this.#told.includes(key)) return false;
      this.#told.push(key);
      if (this.#told.length > MOST_TOLD) this.#told.shift();
      return true;
    });
  }

  #createReader(): LineReader {
    const { source, onNote, overrides: { year, timeZone } = {} } = this.#options;
    return createLineReader({
      source,
      ...(year === undefined ? {} : { year }),
      ...(timeZone === undefined ? {} : { timeZone }),
      // What is being written runs forward.
      turnLimit: 0,
      onLine: (line) => this.#analyser.push(line),
      onNote,
    });
  }

  #createSplitter(): LineSplitter {
    const { source, onNote } = this.#options;
    return new LineSplitter({
      onOverlong: ({ line, bytes }) => onNote(makeNote("overlong-line", `${bytes} bytes`, { source, line })),
    });
  }
}
