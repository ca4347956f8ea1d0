import { createAnalyser } from "../../analyse.js";
import { createLineReader } from "../../input/index.js";
import { RawLines } from "../../input/raw-lines.js";
import { LineSplitter } from "../../input/split-lines.js";
import { makeNote, type Note } from "../../model/note.js";
import { NoteCollector } from "../../model/note-collector.js";
import { SeenReports } from "../../triage/seen-reports.js";
import { type PageReport, pageReport } from "../page-report.js";

/** What a worker is asked: to read these. */
export interface Request {
  readonly sources: readonly { readonly name: string; readonly blob: Blob; readonly modifiedAt?: number }[];
}

/** What it answers, piece by piece. */
export type Answer =
  | { readonly kind: "report"; readonly report: PageReport }
  | { readonly kind: "note"; readonly note: Note }
  | {
      readonly kind: "progress";
      readonly source: string;
      readonly bytes: number;
      readonly of: number;
      readonly lines: number;
    }
  | { readonly kind: "problem"; readonly source: string; readonly reason: string }
  | { readonly kind: "end"; readonly lines: number };

/** The part of the application that reads and analyses, so that the page stays quick. */
export function serve(post: (answer: Answer) => void): (request: Request) => Promise<void> {
  return async ({ sources }) => {
    const seen = new SeenReports();
    let lines = 0;
    for (const source of sources) {
      try {
        lines += await readSource(source, seen, post);
      } catch (error) {
        post({ kind: "problem", source: source.name, reason: reasonOf(error) });
      }
    }
    post({ kind: "end", lines });
  };
}

/** Beginnings of what this page can not unpack, and what does. */
const packed: readonly { readonly name: string; readonly start: readonly number[] }[] = [
  { name: "xz", start: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: "zstd", start: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: "bzip2", start: [0x42, 0x5a, 0x68] },
  { name: "lz4", start: [0x04, 0x22, 0x4d, 0x18] },
  { name: "zip", start: [0x50, 0x4b, 0x03, 0x04] },
];

const PROGRESS_EVERY_MS = 100;

async function readSource(
  { name, blob, modifiedAt }: Request["sources"][number],
  seen: SeenReports,
  post: (answer: Answer) => void,
): Promise<number> {
  const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer());
  const unknown = packed.find(({ start }) => start.every((byte, at) => head[at] === byte));
  if (unknown !== undefined) {
    throw new Error(
      `it is packed with ${unknown.name}, which browsers do not unpack: unpack it first, or use oomlog explain`,
    );
  }
  let bytesRead = 0;
  let lines = 0;
  const raw = new RawLines();
  const notes = new NoteCollector((note) => post({ kind: "note", note }));
  const onNote = (note: Note): void => notes.add(note);
  const analyser = createAnalyser({
    source: name,
    onAnalysis(analysis) {
      if (seen.isRepeat(analysis.report)) return;
      post({ kind: "report", report: pageReport(analysis, raw.of(analysis.report)) });
    },
    onNote,
  });
  const reader = createLineReader({
    source: name,
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    onLine: (line) => analyser.push(line),
    onNote,
  });
  const splitter = new LineSplitter({
    line(text, line, byteOffset) {
      lines = line;
      raw.push(text, line, analyser.idle);
      reader.push(text, line, byteOffset);
    },
    overlong(line, bytes) {
      lines = line;
      onNote(makeNote("overlong-line", `${bytes} bytes`, { source: name, line }));
    },
  });
  const counted = blob.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytesRead += chunk.length;
        controller.enqueue(chunk);
      },
    }),
  );
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const unpacked = isGzip ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  let told = 0;
  let failure: unknown = null;
  const stream = unpacked.getReader();
  try {
    for (;;) {
      const { value, done } = await stream.read();
      if (done) break;
      splitter.push(value);
      const now = Date.now();
      if (now - told >= PROGRESS_EVERY_MS) {
        told = now;
        post({ kind: "progress", source: name, bytes: bytesRead, of: blob.size, lines });
      }
    }
  } catch (error) {
    // What came before the damage counts.
    failure = error;
  }
  splitter.end();
  reader.end();
  analyser.end();
  notes.flush();
  if (failure !== null) {
    const why = /junk/i.test(reasonOf(failure))
      ? "more follows its first gzip stream, which browsers do not unpack: unpack it first, or use oomlog explain"
      : reasonOf(failure);
    post({ kind: "problem", source: name, reason: `it could be read up to line ${lines} only: ${why}` });
  }
  return lines;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
