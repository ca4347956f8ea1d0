import { list, type Section } from "../document.js";
import { refs } from "../words.js";
import type { View } from "./view.js";

/** What oomlog says of its own work on this report. */
export function notesSection({ notes, report }: View): Section | null {
  const items = notes.map(({ message, line }) => [message, ...refs(line === null ? [] : [line])]);
  if (report.foreignLineCount > 0) {
    items.push([`${report.foreignLineCount} other lines of the kernel or of programs stand between the report's own.`]);
  }
  return items.length === 0 ? null : { title: "Notes", blocks: [list(items)] };
}
