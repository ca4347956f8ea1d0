import { CONTENT, pageDocument, STATIC_START } from "../document.js";
import { dataBlock, reportData, staticReport } from "../embed.js";
import type { PageReport } from "../page-report.js";
import { gzip, toBase64 } from "./bytes.js";
import { find } from "./dom.js";
import { download } from "./exports.js";

/** Saves this page with the reports in it: a file that can be handed on, and shows the same without a server. */
export async function savePage(reports: readonly PageReport[]): Promise<void> {
  const page = pageDocument({
    title: document.title,
    policy: find<HTMLMetaElement>("meta[http-equiv]").content,
    style: find("style").textContent ?? "",
    core: find("#core").textContent ?? "",
    boot: find("#boot").textContent ?? "",
  });
  const [head = "", tail = ""] = page.split(CONTENT);
  const parts: string[] = [head, STATIC_START];
  const incidents = document.querySelector("#incidents");
  if (incidents === null) {
    reports.forEach((report, index) => {
      parts.push(staticReport(report, index));
    });
  } else parts.push(incidents.outerHTML);
  parts.push(document.querySelector("#reading-notes")?.outerHTML ?? "", "</main>\n");
  for (const report of reports) parts.push(dataBlock(report, toBase64(await gzip(reportData(report)))));
  parts.push(tail);
  download("oom-report.html", "text/html", new Blob(parts));
}
