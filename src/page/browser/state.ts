import { readHead, readReportData } from "../embed.js";
import { headOf, type PageReport, type ReportHead } from "../page-report.js";
import { fromBase64, gunzipText } from "./bytes.js";

/** A report that can be shown: its head at once, all of it when it is asked for. */
export interface Entry {
  readonly head: ReportHead;
  load(): Promise<PageReport>;
}

/** A report at hand. */
export function entryOf(report: PageReport): Entry {
  return { head: headOf(report.analysis), load: async () => report };
}

/** The reports that the file brings. */
export function embeddedEntries(): Entry[] {
  return [...document.querySelectorAll<HTMLScriptElement>("script.report-data")].map((script) => {
    let loaded: Promise<PageReport> | undefined;
    return {
      head: readHead(script.dataset["head"] ?? ""),
      load: () => {
        loaded ??= gunzipText(fromBase64(script.textContent ?? "")).then(readReportData);
        return loaded;
      },
    };
  });
}
