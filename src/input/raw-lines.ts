import type { OomReport, TextLine } from "../model/report.js";

/** Lines that are kept while no report is open: how far a report may have begun before it is known to be one. */
const KEPT = 4096;

/**
 * Keeps the lines of a source as they stand in it until the report that they belong to is closed. What it holds is bounded
 * by the open reports.
 */
export class RawLines {
  #lines = new Map<number, string>();

  /** @param isIdle No report is open before this line. */
  push(text: string, line: number, isIdle: boolean): void {
    this.#lines.set(line, text);
    if (!isIdle || this.#lines.size < KEPT * 2) return;
    this.#lines = new Map([...this.#lines].slice(-KEPT));
  }

  /** The lines of a report: as they stand in the log, or where one of them is no longer known, as the kernel printed them. */
  of({ lines }: Pick<OomReport, "lines">): TextLine[] {
    const isWhole = lines.every(({ line }) => this.#lines.has(line));
    const shown = new Map(lines.map(({ line, text }) => [line, isWhole ? (this.#lines.get(line) ?? text) : text]));
    return [...shown].map(([line, text]) => ({ line, text }));
  }
}
