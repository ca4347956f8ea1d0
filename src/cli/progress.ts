import type { Source } from "../node/source.js";

const FIRST_MS = 1_000;
const EVERY_MS = 200;
const CLEAR = "\r\x1b[K";

/** A terminal, as far as progress needs one. */
export interface ProgressTerminal {
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/**
 * One line on a terminal for long work: how much of the source at hand was read, how fast, how many reports were found,
 * and how long it may take. It appears after a second, and is taken away before anything else is written.
 */
export class Progress {
  readonly #terminal: ProgressTerminal | null;
  readonly #now: () => number;
  readonly #started: number;
  #source: Source | null = null;
  #sourceStarted = 0;
  #sourceBytes = 0;
  #bytes = 0;
  #reports = 0;
  #shown = 0;
  #visible = false;

  /** @param terminal Null where nobody looks: then nothing is written. */
  constructor(terminal: ProgressTerminal | null, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#started = now();
    this.#shown = this.#started + FIRST_MS - EVERY_MS;
  }

  /** The source with its bytes counted as they are read. */
  counting(source: Source): Source {
    if (this.#terminal === null) return source;
    const { readInto } = source;
    return {
      ...source,
      open: () => this.#count(source),
      ...(readInto === undefined
        ? {}
        : {
            readInto: (buffer, at, length) => {
              const read = readInto(buffer, at, length);
              this.#read(read);
              return read;
            },
          }),
    };
  }

  /** Another thread has read so many bytes. */
  took(bytes: number): void {
    if (this.#terminal === null) return;
    this.#source = null;
    this.#read(bytes);
  }

  /** A report was found. */
  report(): void {
    this.#reports++;
  }

  /** Takes the line away, for something else to be written. */
  hide(): void {
    if (!this.#visible) return;
    this.#terminal?.write(CLEAR);
    this.#visible = false;
  }

  async *#count(source: Source): AsyncGenerator<Uint8Array> {
    this.#source = source;
    this.#sourceStarted = this.#now();
    this.#sourceBytes = 0;
    for await (const chunk of source.open()) {
      this.#read(chunk.length);
      yield chunk;
    }
  }

  #read(bytes: number): void {
    this.#bytes += bytes;
    this.#sourceBytes += bytes;
    this.#show();
  }

  #show(): void {
    const now = this.#now();
    if (now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    this.#visible = true;
    const line = this.#line(now);
    this.#terminal?.write(CLEAR + line.slice(0, (this.#terminal.columns ?? 80) - 1));
  }

  #line(now: number): string {
    const total = this.#source?.bytes;
    const rate = this.#bytes / Math.max(1, now - this.#started);
    const reports = `${this.#reports} ${this.#reports === 1 ? "report" : "reports"}`;
    const read = `${sizeOf(this.#bytes)} read, ${sizeOf(rate * 1000)}/s, ${reports}`;
    if (total === undefined || total === 0) return read;
    const sourceRate = this.#sourceBytes / Math.max(1, now - this.#sourceStarted);
    const secondsLeft = Math.ceil(Math.max(0, total - this.#sourceBytes) / Math.max(1, sourceRate) / 1000);
    const percent = Math.min(100, Math.floor((100 * this.#sourceBytes) / total));
    return `${read}; this file ${percent}%, ${timeOf(secondsLeft)} left`;
  }
}

function sizeOf(bytes: number): string {
  if (bytes < 2 ** 20) return `${(bytes / 2 ** 10).toFixed(0)} KiB`;
  if (bytes < 2 ** 30) return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function timeOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
