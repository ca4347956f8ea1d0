import type { Note } from "../../model/note.js";
import { CONTENT, pageDocument, STATIC_START } from "../document.js";
import { dataBlock, notesBlock, staticReport } from "../embed.js";
import { find } from "./dom.js";
import { download } from "./exports.js";
import type { Entry } from "./state.js";

/** Saves this page with the reports in it: a file that can be handed on, and shows the same without a server. */
export async function savePage(entries: readonly Entry[], notes: readonly Note[]): Promise<void> {
  const page = pageDocument({
    title: document.title,
    policy: find<HTMLMetaElement>("meta[http-equiv]").content,
    style: find("style").textContent ?? "",
    app: find("#app-code").textContent ?? "",
    engine: find("#engine-code").textContent ?? "",
    boot: find("#boot").textContent ?? "",
  });
  const [head = "", tail = ""] = page.split(CONTENT);
  const parts: string[] = [head, STATIC_START];
  const incidents = document.querySelector("#incidents");
  if (incidents !== null) parts.push(incidents.outerHTML);
  else
    for (const [index, entry] of entries.entries()) {
      const lines = await entry.loadLines();
      parts.push(staticReport({ ...(await entry.load()), lines }, index));
    }
  const { shown, data } = notesBlock(notes);
  parts.push(shown, "</main>\n");
  for (const entry of entries) parts.push(dataBlock(entry.head, await entry.packed()));
  parts.push(data, tail);
  download("oom-report.html", "text/html", new Blob(parts));
}
