import type { Analysis } from "../model/analysis.js";
import type { MachineTask, Scenario } from "../model/machine.js";
import type { Note } from "../model/note.js";
import type { TextLine } from "../model/report.js";
import {
  answerHtml,
  type Element,
  escapeHtml,
  h,
  logHtml,
  readingNotes,
  reportHtml,
  serialize,
  tasksHtml,
} from "../render/html/index.js";
import { decode, encode } from "./codec.js";
import { type PageReport, type ReportHead, type ShownReport, shownAnalysis } from "./page-report.js";

/** Reports that are written out in full, for print and for browsers without scripts; of later ones the answer is. */
const FULL = 3;

/** A report as part of a page: what shows without scripts. */
export function staticReport(report: PageReport, index: number): string {
  const analysis = shownAnalysis(report);
  const heading = h("h2", { class: "source" }, `Report ${index + 1}`);
  const shown =
    index < FULL
      ? [
          index === 0 ? null : heading,
          ownIds(reportHtml(analysis), index),
          ...[tasksHtml(analysis), logHtml(report.lines)].map((one) => (one === null ? null : ownIds(one, index))),
        ]
      : [heading, answerHtml(analysis)];
  return `${serialize([h("div", { class: "static" }, shown)])}\n`;
}

/** Content with ids, and references to them, that no other report of the page has. */
function ownIds(element: Element, index: number): Element {
  if (index === 0) return element;
  const own = (name: string, value: string): string => {
    if (name === "id" || name === "aria-labelledby") return `r${index + 1}-${value}`;
    return name === "href" && value.startsWith("#") ? `#r${index + 1}-${value.slice(1)}` : value;
  };
  const attributes = Object.entries(element.attributes).map(([name, value]) => [name, own(name, value)] as const);
  return {
    ...element,
    attributes: Object.fromEntries(attributes),
    children: element.children.map((child) => (typeof child === "string" ? child : ownIds(child, index))),
  };
}

/**
 * A report as texts, to be compressed: one that is shown at once, the lines of the log, which are most of a large one and
 * stand in it once, as they stand in the log, and the tasks of its machine, which only a selection that is run again needs.
 */
export interface ReportTexts {
  readonly report: string;
  readonly log: string;
  readonly machine: string;
}

export function reportTexts({ analysis, lines, ...rest }: PageReport): ReportTexts {
  const { report, scenario } = analysis;
  const shown: Analysis = { ...analysis, report: { ...report, lines: [] }, scenario: withTasks(scenario, []) };
  return {
    report: encode({ analysis: shown, ...rest }),
    log: encode(lines),
    machine: encode(scenario?.machine.tasks ?? []),
  };
}

/**
 * A report from its texts; without the one of the machine it can be shown, and not be run again.
 *
 * @throws SyntaxError when it is none.
 */
export function readReport({ report, machine }: { readonly report: string; readonly machine?: string }): ShownReport {
  const shown = decode(report) as ShownReport;
  if (machine === undefined) return shown;
  const tasks = decode(machine) as readonly MachineTask[];
  return { ...shown, analysis: { ...shown.analysis, scenario: withTasks(shown.analysis.scenario, tasks) } };
}

/** @throws SyntaxError when they are none. */
export function readLines(log: string): readonly TextLine[] {
  return decode(log) as readonly TextLine[];
}

function withTasks(scenario: Scenario | null, tasks: readonly MachineTask[]): Scenario | null {
  return scenario === null ? null : { ...scenario, machine: { ...scenario.machine, tasks } };
}

/** Data in a page: a head that can be read at once, and the {@link ReportTexts} compressed with gzip, in base64. */
export function dataBlock(head: ReportHead, { report, log, machine }: ReportTexts): string {
  const attribute = escapeHtml(encode(head));
  return `<script type="text/plain" class="report-data" data-head="${attribute}">${report}</script>
<script type="text/plain" class="log-data">${log}</script>
<script type="text/plain" class="machine-data">${machine}</script>
`;
}

/** What must be said of the reading, as it shows without scripts, and as data. */
export function notesBlock(notes: readonly Note[]): { readonly shown: string; readonly data: string } {
  const content = readingNotes(notes);
  if (content === null) return { shown: "", data: "" };
  return {
    shown: serialize([content]),
    data: `<script type="text/plain" id="notes-data" data-notes="${escapeHtml(encode(notes))}"></script>\n`,
  };
}

/** @throws SyntaxError when they are none. */
export function readNotes(text: string): readonly Note[] {
  return decode(text) as readonly Note[];
}

/** @throws SyntaxError when it is none. */
export function readHead(text: string): ReportHead {
  return decode(text) as ReportHead;
}
