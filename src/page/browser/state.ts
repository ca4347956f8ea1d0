import { type ReportTexts, readHead, readReport, reportTexts } from "../embed.js";
import { headOf, type PageReport, type ReportHead } from "../page-report.js";
import { fromBase64, gunzipText, gzip, toBase64 } from "./bytes.js";
import type { Subject } from "./worker.js";

/** A report that can be shown: its head at once, all of it when it is asked for. */
export interface Entry {
  readonly head: ReportHead;
  load(): Promise<PageReport>;
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
    subject: { report },
    async packed() {
      const { report: shown, machine } = reportTexts(report);
      const pack = async (text: string): Promise<string> => toBase64(await gzip(text));
      return { report: await pack(shown), machine: await pack(machine) };
    },
  };
}

/** The reports that the file brings. */
export function embeddedEntries(): Entry[] {
  return [...document.querySelectorAll<HTMLScriptElement>("script.report-data")].map((script) => {
    const packed: ReportTexts = {
      report: script.textContent ?? "",
      machine: script.nextElementSibling?.textContent ?? "",
    };
    let loaded: Promise<PageReport> | undefined;
    return {
      head: readHead(script.dataset["head"] ?? ""),
      load: () => {
        loaded ??= unpack(packed.report).then((report) => readReport({ report }));
        return loaded;
      },
      subject: { packed },
      packed: async () => packed,
    };
  });
}

/** A report from its texts as a page holds them. */
export async function unpackReport({ report, machine }: ReportTexts): Promise<PageReport> {
  return readReport({ report: await unpack(report), machine: await unpack(machine) });
}

function unpack(base64: string): Promise<string> {
  return gunzipText(fromBase64(base64));
}
