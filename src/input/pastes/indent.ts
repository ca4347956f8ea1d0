import type { PasteFormat } from "./paste.js";

/** The same blanks before each line. */
export const indent: PasteFormat = {
  id: "indent",
  layer: "paste",
  description: "Indented in a mail or a document (`    [    3.865246] …`).",
  starts: " \t",
  needs: "line",
  open(text) {
    const blanks = /^[ \t]+/.exec(text)?.[0];
    if (blanks === undefined) return null;
    return (line) => (line.startsWith(blanks) ? line.slice(blanks.length) : null);
  },
};
