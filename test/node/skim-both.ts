import type { Analysis } from "../../src/model/analysis.js";
import type { Note } from "../../src/model/note.js";
import { analyseSource } from "../../src/node/analyse-source.js";

/** What a log gives, read line by line or with lines left out. */
interface Reading {
  readonly analyses: readonly Analysis[];
  readonly notes: readonly Note[];
  readonly lines: number;
  /** Whether a line was read that says that its text is lost, as {@link ordinaryLines} have one. */
  readonly sawAll: boolean;
}

/** Bytes in a chunk of a test's source: small, so that even a small log comes in many. */
const CHUNK_BYTES = 8_192;

/** What is only said of lines around reports, where a log is so large that others are left out. */
const ONLY_NEARBY: ReadonlySet<string> = new Set([
  "message-repeated",
  "records-missing",
  "record-lost",
  "lines-rejoined",
  "records-swapped",
  "prose-skipped",
  "malformed-json",
  "paste-cleaned",
]);

async function read(bytes: Uint8Array, skimFromBytes: number): Promise<Reading> {
  const notes: Note[] = [];
  const analyses: Analysis[] = [];
  let lines = 0;
  const source = {
    name: "x",
    modifiedAt: Date.UTC(2026, 10, 1),
    async *open() {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
    },
  };
  const options = {
    skimFromBytes,
    overrides: { timeZone: "UTC" },
    onNote: (note: Note) => notes.push(note),
    onProblem: () => {},
    onEnd: (count: number) => {
      lines = count;
    },
  };
  for await (const analysis of analyseSource(source, options)) analyses.push(analysis);
  const sawAll = notes.some(({ code }) => code === "record-lost");
  return { analyses, notes: notes.filter(({ code }) => !ONLY_NEARBY.has(code)), lines, sawAll };
}

/** The same log by both ways. */
export async function readBothWays(bytes: Uint8Array): Promise<{ readonly whole: Reading; readonly skimmed: Reading }> {
  return { whole: await read(bytes, Number.POSITIVE_INFINITY), skimmed: await read(bytes, 1) };
}

const ORDINARY = [
  "usb 1-1: new high-speed USB device number 7 using xhci_hcd",
  "EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro, a room full of zoom",
  "IPv4: martian source 198.51.100.7 from 203.0.113.9, on dev eth0",
  "systemd-journald[231]: Received client request to flush runtime journal.",
];

/** What journalctl shows in place of a record. */
const LOST = "[109B blob data]";

/** Lines of a kernel's ring buffer between two times, in seconds, that tell of no shortage of memory; the text of one of them is lost. */
export function ordinaryLines(count: number, from: number, to: number): string {
  return Array.from({ length: count }, (_, index) => {
    const seconds = from + ((to - from) * index) / count;
    return `<6>[${seconds.toFixed(6).padStart(12)}] ${index === count >> 1 ? LOST : ORDINARY[index % ORDINARY.length]}\n`;
  }).join("");
}
