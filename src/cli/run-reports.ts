import type { Analysis } from "../model/analysis.js";
import { countOf } from "../model/count.js";
import { makeNote, type Note } from "../model/note.js";
import { NoteCollector } from "../model/note-collector.js";
import type { VerdictKind } from "../model/verdict.js";
import { findSources } from "../node/find-sources.js";
import { type Item, readSources } from "../node/parallel/read-sources.js";
import { workerFile } from "../node/parallel/worker-file.js";
import type { SourceProblem } from "../node/source.js";
import type { TextOptions } from "../render/index.js";
import { SeenReports } from "../triage/seen-reports.js";
import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";
import { Messages, nameOf } from "./messages.js";
import { openOutput } from "./output.js";
import { Progress } from "./progress.js";
import { type ReportFlags, type ReportRequest, toRequest } from "./request.js";
import { select } from "./selection.js";
import { paint, wantsColor, widthOf } from "./terminal.js";
import { type DocumentWriter, type Nothing, type PageWriters, type Writers, writerOf } from "./writers.js";

/** What a command has done. */
export interface Summary {
  readonly status: ExitStatus;
  readonly sources: number;
  readonly lines: number;
  /** Reports in the result. */
  readonly reports: number;
  readonly verdicts: Readonly<Record<VerdictKind, number>>;
  /** Inputs that could not be read, and questions that no report answers. */
  readonly problems: number;
}

/** Reads logs and writes the wanted reports, each as it closes. */
export async function runReports(
  files: readonly string[],
  flags: ReportFlags,
  writers: Writers | PageWriters,
  findings: Sink["findings"] = "all",
): Promise<Summary> {
  const request = toRequest(flags);
  return runRequest(files, request, { open: writerOf(writers, request.format), findings });
}

/** What becomes of the analyses. */
export interface Sink {
  readonly open: (options: TextOptions) => DocumentWriter;
  /** Analyses that are left out where it says no. */
  readonly accepts?: (analysis: Analysis) => boolean;
  /** It counts reports that came before itself; else they are left out. */
  readonly keepsRepeats?: true;
  /** Which findings are shown; default: all. */
  readonly findings?: "all" | "limit";
}

/** The same for a request whose flags are understood. */
export async function runRequest(files: readonly string[], request: ReportRequest, sink: Sink): Promise<Summary> {
  const paths = files.length > 0 ? files : [pipedInput()];
  const messages = new Messages({ quiet: request.quiet });
  const notes: Note[] = [];
  const progress = new Progress(process.stderr.isTTY && !request.quiet ? process.stderr : null);
  const collector = new NoteCollector((note) => {
    notes.push(note);
    progress.hide();
    messages.note(note);
  });
  const count = { sources: 0, lines: 0, reports: 0, problems: 0 };
  const aside = { repeated: 0, timeUnknown: 0, refused: 0 };
  const seen = new SeenReports();
  const verdicts = { agrees: 0, explained: 0, undecidable: 0, differs: 0, none: 0 };
  const onProblem = (problem: SourceProblem): void => {
    count.problems++;
    progress.hide();
    messages.problem(problem);
    notes.push(makeNote("unread-source", problem.reason, { source: problem.name }));
  };

  const skipped = new Map<string, { readonly first: string; files: number }>();
  const onSkipped = ({ name, reason }: SourceProblem): void => {
    const same = skipped.get(reason);
    if (same === undefined) skipped.set(reason, { first: name, files: 1 });
    else same.files++;
  };

  const output = openOutput(request.output, request.outputFlag);
  const toTerminal = request.output === undefined ? process.stdout : {};
  const writer = sink.open({
    width: widthOf(toTerminal, process.env),
    paint: wantsColor(request.color, toTerminal, process.env) ? paint : null,
    verbose: request.verbose,
    trace: request.trace,
  });
  const onTimeUnknown = (): void => {
    aside.timeUnknown++;
  };
  async function* items(): AsyncGenerator<Item> {
    const problems: SourceProblem[] = [];
    const told = function* (): Generator<Item> {
      for (const problem of problems.splice(0)) yield { kind: "problem", problem };
    };
    for await (const source of findSources(paths, { stdin: process.stdin, onProblem: (one) => problems.push(one) })) {
      yield* told();
      yield { kind: "source", source };
    }
    yield* told();
  }

  async function* analyses(): AsyncGenerator<Analysis> {
    const events = readSources(items(), {
      reading: {
        overrides: request.overrides,
        findings: sink.findings ?? "all",
        withLines: writer.takeLines !== undefined,
      },
      threads: request.threads,
      workerFile: workerFile(),
      opening: (source) => progress.counting(source),
      onRead: ({ bytes }) => progress.took(bytes ?? 0),
    });
    try {
      for await (const event of events) {
        switch (event.kind) {
          case "text":
            count.sources++;
            break;
          case "text-end":
            count.lines += event.lines;
            collector.flush();
            break;
          case "note":
            collector.add(event.note);
            break;
          case "problem":
            onProblem(event.problem);
            break;
          case "skipped":
            onSkipped(event.problem);
            break;
          case "analysis": {
            const { analysis, lines } = event;
            if (lines !== null) writer.takeLines?.(analysis, lines);
            if (sink.keepsRepeats !== true && seen.isRepeat(analysis.report)) aside.repeated++;
            else {
              progress.report();
              yield analysis;
            }
          }
        }
      }
      for (const [reason, { first, files }] of skipped) {
        const detail = files === 1 ? reason : `${reason}, as are ${files - 1} more`;
        collector.add(makeNote("source-skipped", detail, { source: first }));
      }
    } finally {
      collector.flush();
    }
  }

  const accepts = (analysis: Analysis): boolean => {
    const accepted = sink.accepts?.(analysis) ?? true;
    if (!accepted) aside.refused++;
    return accepted;
  };
  const selection = { ...request, accepts, follow: writer.follow, onTimeUnknown };
  try {
    await output.write(writer.begin());
    for await (const analysis of select(analyses(), selection)) {
      const piece = await writer.each(analysis, count.reports);
      if (request.output === undefined) progress.hide();
      await output.write(piece);
      verdicts[analysis.verdict.kind]++;
      count.reports++;
    }
    if (aside.repeated > 0) collector.add(makeNote("reports-repeated", countOf(aside.repeated, "report")));
    if (aside.timeUnknown > 0) collector.add(makeNote("time-unknown", countOf(aside.timeUnknown, "report")));
    progress.hide();
    messages.end();
    const nothing = count.reports > 0 ? null : nothingFound(request, paths, { ...count, refused: aside.refused });
    await output.write(await writer.end(notes, nothing));
    output.finish();
    for (const failure of writer.failures?.() ?? []) {
      count.problems++;
      messages.failure(failure);
    }
    if (nothing !== null && count.problems === 0) messages.hint(nothing.sentence);
  } catch (error) {
    output.abandon();
    throw error;
  }

  const failing = failingOf(request, verdicts);
  if (failing > 0) messages.hint(`--check: ${failing} of ${count.reports} reports fail it`);
  return { status: statusOf(count, failing), ...count, verdicts };
}

function pipedInput(): string {
  if (process.stdin.isTTY) {
    throw new Failure("no log given", "Name a file, or pipe one in: dmesg | oomlog explain");
  }
  return "-";
}

/** What there was instead of a report. */
function nothingFound(
  { report, host, period }: ReportRequest,
  paths: readonly string[],
  {
    sources,
    lines,
    refused,
    problems,
  }: { readonly sources: number; readonly lines: number; readonly refused: number; readonly problems: number },
): Nothing {
  const part = (sentence: string): Nothing => ({ sentence, isWhole: false });
  if (refused > 0) return part(`${countOf(refused, "OOM report")}, and none is as --where says`);
  const where = paths.length === 1 ? nameOf(paths[0] ?? "") : `${sources} files`;
  if (sources === 0)
    return part(`${problems > 0 ? "nothing could be read of" : "no file in"} ${paths.map(nameOf).join(", ")}`);
  const what = typeof report === "number" ? `no OOM report number ${report}` : "no OOM report";
  const whose = host === undefined ? "" : ` of host ${host}`;
  const within = period.from === null && period.to === null ? "" : " between --since and --until";
  return {
    sentence: `${what}${whose}${within} in ${where} (${countOf(lines, "line")})`,
    isWhole: lines > 0 && typeof report !== "number" && whose === "" && within === "",
  };
}

/** Reports that fail `--check`. */
function failingOf({ check }: ReportRequest, { differs, undecidable }: Summary["verdicts"]): number {
  if (check === "none") return 0;
  return check === "differs" ? differs : differs + undecidable;
}

function statusOf(
  { reports, problems }: { readonly reports: number; readonly problems: number },
  failing: number,
): ExitStatus {
  if (problems > 0) return ExitStatus.trouble;
  return reports === 0 || failing > 0 ? ExitStatus.none : ExitStatus.found;
}
