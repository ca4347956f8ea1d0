import { createAnalyser } from "../../analyse.js";
import { createLineReader } from "../../input/index.js";
import { RawLines } from "../../input/raw-lines.js";
import { LineSplitter } from "../../input/split-lines.js";
import { makeNote, type Note } from "../../model/note.js";
import { NoteCollector } from "../../model/note-collector.js";
import type { SeenReports } from "../../triage/seen-reports.js";
import { pageReport } from "../make-report.js";
import type { PageReport } from "../page-report.js";
import { gunzip } from "./gunzip.js";

/** A log to be read. */
export interface Source {
  readonly name: string;
  readonly blob: Blob;
  /** Milliseconds since 1970. */
  readonly modifiedAt?: number;
}

/** What is found in a source, piece by piece. */
export type Found =
  | { readonly kind: "report"; readonly report: PageReport }
  | { readonly kind: "note"; readonly note: Note }
  | {
      readonly kind: "progress";
      readonly source: string;
      readonly bytes: number;
      readonly of: number;
      readonly lines: number;
    }
  | { readonly kind: "problem"; readonly source: string; readonly reason: string };

/** What this page can not take apart, by bytes at a place of its beginning. */
const foreign: readonly { readonly what: string; readonly at: number; readonly bytes: readonly number[] }[] = [
  { what: "packed with xz", at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { what: "packed with zstd", at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: "packed with bzip2", at: 0, bytes: [0x42, 0x5a, 0x68] },
  { what: "packed with lz4", at: 0, bytes: [0x04, 0x22, 0x4d, 0x18] },
  { what: "a zip archive", at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { what: "a binary systemd journal", at: 0, bytes: [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48] },
  // "ustar", of POSIX and of GNU.
  { what: "a tar archive", at: 257, bytes: [0x75, 0x73, 0x74, 0x61, 0x72] },
];

/** As much of the beginning as {@link foreign} looks at. */
const HEAD_BYTES = 512;

const PROGRESS_EVERY_MS = 100;

/**
 * Reads a source and tells what it finds; gives the number of its lines.
 *
 * @throws Error when it is nothing that can be read; what came before the damage of a file counts, and is a problem.
 */
export async function readSource(
  { name, blob, modifiedAt }: Source,
  seen: SeenReports,
  post: (found: Found) => void,
): Promise<number> {
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
  const sink = {
    line(text: string, line: number, byteOffset: number) {
      lines = line;
      raw.push(text, line, analyser.idle);
      reader.push(text, line, byteOffset);
    },
    overlong(line: number, bytes: number) {
      lines = line;
      onNote(makeNote("overlong-line", `${bytes} bytes`, { source: name, line }));
    },
  };
  const splitter = new LineSplitter(sink);
  let told = 0;
  let failure: unknown = null;
  try {
    const onRead = (count: number): void => {
      bytesRead += count;
    };
    const onEmpty = (): void => onNote(makeNote("empty-source", "", { source: name }));
    for await (const chunk of textOf(blob, { onRead, onEmpty })) {
      splitter.push(chunk);
      const now = Date.now();
      if (now - told < PROGRESS_EVERY_MS) continue;
      told = now;
      post({ kind: "progress", source: name, bytes: bytesRead, of: blob.size, lines });
    }
  } catch (error) {
    if (error instanceof ForeignError) throw error;
    // What came before the damage counts.
    failure = error;
  }
  splitter.end();
  reader.end();
  analyser.end();
  notes.flush();
  if (failure !== null) {
    post({
      kind: "problem",
      source: name,
      reason: `${lines === 0 ? "nothing of it could be read" : `it could be read up to line ${lines} only`}: ${failure instanceof Error ? failure.message : failure}`,
    });
  }
  return lines;
}

/** A source that is no text, and that this page can not unpack. */
class ForeignError extends Error {}

/** The bytes of a file's text, unpacked. */
async function* textOf(
  blob: Blob,
  { onRead, onEmpty }: { readonly onRead: (bytes: number) => void; readonly onEmpty: () => void },
): AsyncGenerator<Uint8Array> {
  const packed = await headOf(bytesOf(blob, onRead));
  const isGzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
  const { head, chunks } = isGzip ? await headOf(gunzip(packed.chunks)) : packed;
  const known = foreign.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  if (known !== undefined) {
    const where = isGzip ? ", within gzip" : "";
    throw new ForeignError(
      `it is ${known.what}${where}, which this page does not unpack: unpack it first, or use oomlog explain`,
    );
  }
  yield* chunks;
  // Data that is damaged from its beginning has failed by now.
  if (head.length === 0) onEmpty();
}

async function* bytesOf(blob: Blob, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    onRead(value.length);
    yield value;
  }
}

/** The first bytes of a stream, and the stream as if nothing had been taken from it. */
async function headOf(
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncGenerator<Uint8Array> }> {
  const taken: Uint8Array[] = [];
  let size = 0;
  let failure: { readonly error: unknown } | null = null;
  while (size < HEAD_BYTES && failure === null) {
    try {
      const { value, done } = await chunks.next();
      if (done === true) break;
      taken.push(value);
      size += value.length;
    } catch (error) {
      failure = { error };
    }
  }
  const head = new Uint8Array(await new Blob(taken as BlobPart[]).slice(0, HEAD_BYTES).arrayBuffer());
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* taken;
    if (failure !== null) throw failure.error;
    yield* chunks;
  }
  return { head, chunks: whole() };
}
