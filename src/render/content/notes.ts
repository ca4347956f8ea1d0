import { list, type Section } from "../document.js";
import { counted } from "../quantity.js";
import { refs } from "../words.js";
import type { View } from "./view.js";

/** What oomlog says of its own work on this report. */
export function notesSection({ notes, report }: View): Section | null {
  const items = notes.map(({ message, line }) => [message, ...refs(line === null ? [] : [line])]);
  if (report.foreignLineCount > 0) {
    const lines = counted(report.foreignLineCount, "line");
    items.push([`${lines} of other origin, the kernel's or a program's, between those of the report.`]);
  }
  return items.length === 0 ? null : { title: "Notes", blocks: [list(items)] };
}
