import type { TextLine } from "../../model/report.js";
import { type ReportTexts, readHead, readLines, readReport, reportTexts } from "../embed.js";
import { headOf, type PageReport, type ReportHead, type ShownReport } from "../page-report.js";
import { fromBase64, gunzipText, gzip, toBase64 } from "./bytes.js";
import type { Subject } from "./worker.js";

/** A report that can be shown: its head at once, the report and its log when they are asked for. */
export interface Entry {
  readonly head: ReportHead;
  load(): Promise<ShownReport>;
  loadLines(): Promise<readonly TextLine[]>;
  /** For the worker that runs its selection again. */
  readonly subject: Subject;
  /** Its texts as a page holds them: compressed, in base64. */
  packed(): Promise<ReportTexts>;
}

/** A report at hand. */
export function entryOf(report: PageReport): Entry {
  return {
    head: headOf(report.analysis),
    load: async () => report,
    loadLines: async () => report.lines,
    subject: { report },
    async packed() {
      const { report: shown, log, machine } = reportTexts(report);
      const pack = async (text: string): Promise<string> => toBase64(await gzip(text));
      return { report: await pack(shown), log: await pack(log), machine: await pack(machine) };
    },
  };
}

/** The reports that the file brings. */
export function embeddedEntries(): Entry[] {
  return [...document.querySelectorAll<HTMLScriptElement>("script.report-data")].map((script) => {
    const log = script.nextElementSibling;
    const packed: ReportTexts = {
      report: script.textContent ?? "",
      log: log?.textContent ?? "",
      machine: log?.nextElementSibling?.textContent ?? "",
    };
    const { report, machine } = packed;
    let loaded: Promise<ShownReport> | undefined;
    return {
      head: readHead(script.dataset["head"] ?? ""),
      load: () => {
        loaded ??= unpack(report).then((text) => readReport({ report: text }));
        return loaded;
      },
      loadLines: () => unpack(packed.log).then(readLines),
      subject: { packed: { report, machine } },
      packed: async () => packed,
    };
  });
}

/** A report from its texts as a page holds them. */
export async function unpackReport({ report, machine }: Omit<ReportTexts, "log">): Promise<ShownReport> {
  return readReport({ report: await unpack(report), machine: await unpack(machine) });
}

function unpack(base64: string): Promise<string> {
  return gunzipText(fromBase64(base64));
}
