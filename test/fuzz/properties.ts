import { type Analysis, createAnalyser, createLineReader } from "../../src/index.js";
import type { LogLine } from "../../src/model/log-line.js";
import type { Note } from "../../src/model/note.js";
import type { OomReport } from "../../src/model/report.js";
import { longestText } from "../../src/parse/open-report.js";
import { csvText, reportTables } from "../../src/render/columns/index.js";
import { jsonText, renderListText, renderMarkdown, renderText, toJson, toListJson } from "../../src/render/index.js";
import { opening } from "../parse/opening.js";
import { type Read, readLines } from "./read.js";

/** Throws when the property does not hold. */
function hold(condition: boolean, what: string, detail: unknown = ""): asserts condition {
  if (!condition)
    throw new Error(`${what}${detail === "" ? "" : `: ${JSON.stringify(detail, withBigInts)?.slice(0, 600)}`}`);
}

function withBigInts(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/**
 * Reading and parsing: no throw, every line accounted for, no report out of nothing.
 *
 * @param isRaw The lines are those of a kernel log as it is: a record of another format may span several, and is cited
 *   from its first.
 */
export function holdReading(lines: readonly string[], isRaw: boolean): Read {
  const read = readLines(lines);
  holdRecords(lines, read, isRaw);
  holdReports(read);
  return read;
}

/** Notes that tell of lines which gave no record. */
const leftOut = new Set<Note["code"]>([
  "prose-skipped",
  "record-lost",
  "malformed-json",
  "message-repeated",
  "records-missing",
  "paste-cleaned",
  "json-without-message",
]);

/** A line as `dmesg` prints it. */
const stamped = /^(?:<[0-7]>)?\[ {0,4}\d{1,7}\.\d{6}\] [A-Za-z]/;

function holdRecords(lines: readonly string[], { records, notes }: Read, isRaw: boolean): void {
  const seen = new Uint8Array(lines.length + 2);
  for (const { line, endLine = line } of records) {
    hold(line >= 1 && endLine >= line && endLine <= lines.length, "a record stands on lines that are there", [
      line,
      endLine,
    ]);
    seen.fill(1, line, endLine + 1);
  }
  if (!isRaw || notes.some(({ code }) => leftOut.has(code))) return;
  for (const [index, line] of lines.entries()) {
    hold(seen[index + 1] === 1 || !stamped.test(line), "a line with a stamp and a text is a record", [index + 1, line]);
  }
}

function holdReports({ records, reports, notes }: Read): void {
  const recordAt = new Map<number, LogLine[]>();
  for (const record of records) {
    const same = recordAt.get(record.line);
    if (same === undefined) recordAt.set(record.line, [record]);
    else same.push(record);
  }
  const cited = new Map<number, number>();
  for (const [index, report] of reports.entries()) {
    const texts = report.lines.map(({ text }) => text);
    hold(texts.length > 0, "a report has lines");
    hold(report.endLine >= report.line, "a report ends behind its begin", [report.line, report.endLine]);
    hold(
      texts.some((text) => opening.test(text) || openingRecord.test(text)),
      "a report holds a line that opens one",
      texts,
    );
    for (const { line } of report.lines) hold(recordAt.has(line), "a line of a report is a record's", line);
    for (const { line } of [...report.tasks, ...report.kills, ...(report.trigger === null ? [] : [report.trigger])]) {
      hold(recordAt.has(line), "a value is cited from a record's line", line);
      // A line of a paste may hold many records.
      const all = recordAt.get(line) ?? [];
      const alone = all.length === 1 && !/\[ *\d+\.\d{6}\]/.test(all[0]?.text ?? "");
      hold(!alone || (cited.get(line) ?? index) === index, "a line belongs to one report", line);
      cited.set(line, index);
    }
    hold(
      // A name with line breaks makes one line of several.
      report.unknownLines.every(
        ({ text }) => texts.includes(text) || text.split("\n").every((part) => texts.includes(part)),
      ),
      "unknown lines are the report's lines",
    );
  }
  for (const { line, code } of notes) hold(line === null || line > 0, "a note stands on a line", code);
  holdKills(records, reports);
  const unknown = reports.filter(({ unknownLines }) => unknownLines.length > 0).length;
  hold(notes.filter(({ code }) => code === "unknown-line").length === unknown, "unknown lines are told");
}

const wholeKill =
  /^(?:(?:Out of|Memory cgroup out of)? ?memory: )?Killed process (\d{1,9}) \([^()]*\)(?: total-vm:\d{1,9}kB, anon-rss:\d{1,9}kB, file-rss:\d{1,9}kB|, )/;

/** The same of a record without prefix, and of traces through the OOM killer, which show a report whose head is lost. */
const openingRecord =
  /^\[ *\d+\] +-?\d|\b(?:dump_header|oom_kill_process|(?:mem_cgroup_|pagefault_)?out_of_memory|mem_cgroup_oom)\b/;

/** No kill is lost: a whole kill line is a kill of some report, or a line of one that says it could not read it. */
function holdKills(records: readonly LogLine[], reports: readonly OomReport[]): void {
  const kills = reports.flatMap((report) => report.kills);
  const unread = reports.flatMap(({ unknownLines }) => unknownLines.map(({ text }) => text));
  const lines = new Set(kills.map(({ line }) => line));
  const whole: (readonly [line: number, pid: number, text: string])[] = [];
  for (const { text, line, trust } of records) {
    const pid = trust === "userspace" || text.length > longestText ? undefined : wholeKill.exec(text)?.[1];
    if (pid === undefined || text.includes(" invoked oom-killer")) continue;
    whole.push([line, Number(pid), text]);
  }
  for (const [line, pid, text] of whole) {
    if (lines.has(line) || unread.some((one) => one.includes(text))) continue;
    // What looks torn is joined with what stands before it, and cited from there: beside the whole ones of that line.
    const killsAt = (at: number): number => kills.filter((kill) => kill.pid === pid && kill.line === at).length;
    const wholeAt = (at: number): number => whole.filter((one) => one[1] === pid && one[0] === at).length;
    const joined = kills.some((kill) => kill.line < line && killsAt(kill.line) > wholeAt(kill.line));
    hold(joined, "a kill line is in a report", [line, text]);
  }
}

/** What no output for a terminal may hold. */
const treacherous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The whole way: analyses, and every output of them. */
export function holdAnalyses(lines: readonly string[], onAnalysis: (analysis: Analysis) => void = () => {}): number {
  let count = 0;
  const notes: Note[] = [];
  const onNote = (note: Note): void => {
    notes.push(note);
  };
  const analyser = createAnalyser({
    source: "fuzz",
    onNote,
    onAnalysis(analysis) {
      count++;
      holdAnalysis(analysis);
      onAnalysis(analysis);
    },
  });
  const reader = createLineReader({ source: "fuzz", timeZone: 0, onLine: (line) => analyser.push(line), onNote });
  for (const [index, line] of lines.entries()) reader.push(line, index + 1, null);
  reader.end();
  analyser.end();
  hold(analyser.idle, "nothing is open after the end");
  return count;
}

export function holdAnalysis(analysis: Analysis): void {
  const { verdict, notes, report } = analysis;
  for (const { code, message } of notes) hold(code !== "rule-failed", "no diagnosis fails", message);
  holdFinite(analysis, "analysis");
  if (verdict.kind === "undecidable") {
    hold((verdict.possibleVictims ?? []).length >= 2, "undecidable names two possible victims", verdict);
  }
  if (verdict.kind === "explained") hold((verdict.by ?? []).length > 0, "explained says by what", verdict);
  if (verdict.kind === "none") hold(report.kills.length === 0 || true, "none");
  const options = { width: 80, paint: null, verbose: true, trace: true };
  const outputs = [
    renderText(analysis, options),
    renderListText(analysis, options),
    renderMarkdown(analysis, { verbose: true, trace: true }),
  ];
  for (const output of outputs) {
    const bad = treacherous.exec(output.replaceAll("\n", ""));
    hold(bad === null, "an output for people shows controls", bad?.[0].codePointAt(0)?.toString(16));
    hold(
      !/\b(?:NaN|undefined|Infinity)\b|\[object /.test(withoutLog(output, report)),
      "an output has no NaN",
      output.match(/.*(?:NaN|undefined|Infinity|\[object ).*/g),
    );
  }
  for (const json of [toJson(analysis, { verbose: true }), toListJson(analysis)]) {
    const text = jsonText(json);
    hold(!/[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]/u.test(text), "JSON is plain text");
    JSON.parse(text);
  }
  for (const { columns, rowsOf } of Object.values(reportTables)) {
    for (const row of rowsOf(analysis)) {
      for (const [at, cell] of row.entries()) {
        const text = csvText(cell, columns[at]?.type ?? "text");
        hold(typeof cell !== "string" || !/^[=+\-@\t\r]/.test(text), "no cell is a formula", text);
        hold(!/NaN|Infinity/.test(typeof cell === "string" ? "" : text), "no cell is NaN", text);
      }
    }
  }
}

/** An output without what the log itself may say. */
function withoutLog(output: string, { lines }: OomReport): string {
  return lines.some(({ text }) => /NaN|undefined|Infinity|\[object/.test(text)) ? "" : output;
}

/** No number anywhere that is none. */
function holdFinite(value: unknown, path: string): void {
  if (typeof value === "number") hold(Number.isFinite(value), "every number is finite", path);
  else if (Array.isArray(value)) for (const one of value) holdFinite(one, `${path}[]`);
  else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value)) holdFinite(one, `${path}.${name}`);
  }
}
