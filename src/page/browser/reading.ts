import type { Note } from "../../model/note.js";
import type { PageReport } from "../page-report.js";
import { startWorker } from "./host.js";
import type { Found, Source } from "./read-source.js";
import type { Answer, Request } from "./worker.js";

/** What is told while logs are read. */
export interface ReadingOptions {
  readonly onReport: (report: PageReport) => void;
  readonly onNote: (note: Note) => void;
  readonly onProblem: (source: string, reason: string) => void;
  readonly onProgress: (progress: Extract<Found, { kind: "progress" }>) => void;
}

/** A reading that goes on in a worker. */
export interface Reading {
  /** Resolves with the number of lines; null when it was stopped. */
  readonly done: Promise<number | null>;
  stop(): void;
}

export function read(sources: readonly Source[], options: ReadingOptions): Reading {
  let worker: Worker | null = null;
  let stop = (): void => {};
  const done = new Promise<number | null>((resolve, reject) => {
    let isStopped = false;
    const finish = (lines: number | null): void => {
      isStopped = true;
      worker?.terminate();
      resolve(lines);
    };
    stop = () => finish(null);
    startWorker().then((started) => {
      worker = started;
      if (isStopped) worker.terminate();
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        switch (data.kind) {
          case "report":
            return options.onReport(data.report);
          case "note":
            return options.onNote(data.note);
          case "problem":
            return options.onProblem(data.source, data.reason);
          case "progress":
            return options.onProgress(data);
          case "end":
            return finish(data.lines);
        }
      };
      worker.onerror = (event) => {
        started.terminate();
        reject(new Error(event.message));
      };
      worker.postMessage({ kind: "read", sources } satisfies Request);
    }, reject);
  });
  return { done, stop };
}
