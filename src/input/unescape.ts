import { undoOctalEscapes } from "./bytes.js";
import type { Header } from "./header.js";

/** Undoes rsyslog's `#012` in the text of a syslog record; other texts have no such escapes. */
export function unescapeText(text: string, header: Header): string {
  return header.ident !== null && (text.includes("#0") || text.includes("#177")) ? undoOctalEscapes(text) : text;
}
