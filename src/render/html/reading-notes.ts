import type { Note } from "../../model/note.js";
import { logText } from "./blocks.js";
import { type Element, h } from "./element.js";

/** What must be said of the reading itself; null where there is nothing. */
export function readingNotes(notes: readonly Note[]): Element | null {
  if (notes.length === 0) return null;
  return h(
    "section",
    { id: "reading-notes", "aria-labelledby": "reading-notes-title" },
    h("h2", { id: "reading-notes-title" }, "Notes on the reading"),
    h(
      "ul",
      {},
      notes.map(({ severity, source, line, message }) =>
        h(
          "li",
          { class: severity === "info" ? undefined : `is-${severity}` },
          source === undefined
            ? null
            : [logText(source === "-" ? "standard input" : source), line === null ? ": " : `:${line}: `],
          message,
        ),
      ),
    ),
  );
}
