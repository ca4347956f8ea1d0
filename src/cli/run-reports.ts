import type { Analysis } from "../model/analysis.js";
import type { Note } from "../model/note.js";
import type { VerdictKind } from "../model/verdict.js";
import { analyseSource } from "../node/analyse-source.js";
import { findSources } from "../node/find-sources.js";
import { ExitStatus } from "./exit-status.js";
import { Failure } from "./failure.js";
import { Messages, nameOf } from "./messages.js";
import { NoteCollector } from "./note-collector.js";
import { openOutput } from "./output.js";
import { type ReportFlags, type ReportRequest, toRequest } from "./request.js";
import { select } from "./selection.js";
import { paint, wantsColor, widthOf } from "./terminal.js";
import type { Writers } from "./writers.js";

/** What a command has done. */
export interface Summary {
  readonly status: ExitStatus;
  readonly sources: number;
  readonly lines: number;
  /** Reports in the result. */
  readonly reports: number;
  readonly verdicts: Readonly<Record<VerdictKind, number>>;
  /** Inputs that could not be read. */
  readonly problems: number;
}

/** Reads logs and writes the wanted reports, each as it closes. */
export async function runReports(files: readonly string[], flags: ReportFlags, writers: Writers): Promise<Summary> {
  const request = toRequest(flags);
  const paths = files.length > 0 ? files : [pipedInput()];
  const messages = new Messages({ quiet: request.quiet });
  const notes: Note[] = [];
  const collector = new NoteCollector((note) => {
    notes.push(note);
    messages.note(note);
  });
  const count = { sources: 0, lines: 0, reports: 0, problems: 0 };
  const verdicts = { agrees: 0, explained: 0, undecidable: 0, differs: 0, none: 0 };
  const onProblem = (problem: Parameters<Messages["problem"]>[0]): void => {
    count.problems++;
    messages.problem(problem);
  };

  async function* analyses(): AsyncGenerator<Analysis> {
    for await (const source of findSources(paths, { stdin: process.stdin, onProblem })) {
      count.sources++;
      yield* analyseSource(source, {
        overrides: request.overrides,
        onNote: (note) => collector.add(note),
        onProblem,
        onEnd: (lines) => {
          count.lines += lines;
        },
      });
      collector.flush();
    }
  }

  const output = openOutput(request.output);
  const toTerminal = request.output === undefined ? process.stdout : {};
  const writer = writers[request.format]({
    width: widthOf(toTerminal, process.env),
    paint: wantsColor(request.color, toTerminal, process.env) ? paint : null,
    verbose: request.verbose,
    trace: request.trace,
  });
  try {
    await output.write(writer.begin());
    for await (const analysis of select(analyses(), request)) {
      await output.write(writer.each(analysis, count.reports));
      verdicts[analysis.verdict.kind]++;
      count.reports++;
    }
    await output.write(writer.end(notes));
    output.finish();
  } catch (error) {
    output.abandon();
    throw error;
  }

  if (count.reports === 0 && count.problems === 0) sayNothingFound(messages, request, paths, count);
  return { status: statusOf(request, count, verdicts), ...count, verdicts };
}

function pipedInput(): string {
  if (process.stdin.isTTY) {
    throw new Failure("no log given", "Name a file, or pipe one in: dmesg | oomlog explain");
  }
  return "-";
}

function sayNothingFound(
  messages: Messages,
  { report, host }: ReportRequest,
  paths: readonly string[],
  { sources, lines }: { readonly sources: number; readonly lines: number },
): void {
  const where = paths.length === 1 ? nameOf(paths[0] ?? "") : `${sources} files`;
  if (sources === 0) {
    messages.hint(`no file in ${paths.join(", ")}`);
    return;
  }
  const what = typeof report === "number" ? `no OOM report number ${report}` : "no OOM report";
  const whose = host === undefined ? "" : ` of host ${host}`;
  messages.hint(`${what}${whose} in ${where} (${lines} ${lines === 1 ? "line" : "lines"})`);
}

function statusOf(
  { check }: ReportRequest,
  { reports, problems }: { readonly reports: number; readonly problems: number },
  verdicts: Summary["verdicts"],
): ExitStatus {
  if (problems > 0) return ExitStatus.trouble;
  if (reports === 0) return ExitStatus.none;
  const failing = verdicts.differs + (check === "differs-or-undecidable" ? verdicts.undecidable : 0);
  return check !== "none" && failing > 0 ? ExitStatus.none : ExitStatus.found;
}
