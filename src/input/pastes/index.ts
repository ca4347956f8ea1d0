import { dispatchBy } from "../dispatch.js";
import type { Format } from "../format.js";
import { ansi, html } from "./clean.js";
import { fence } from "./fence.js";
import { indent } from "./indent.js";
import { fileNames, lineNumbers } from "./numbers.js";
import { oneLine } from "./one-line.js";
import type { PasteFormat } from "./paste.js";
import { pidCaller } from "./pid-caller.js";
import { columnQuote, comment, mailQuote } from "./quote.js";
import { quotedPrintable } from "./quoted-printable.js";
import { hangingIndent, hardWrap } from "./rejoin.js";

/** Decorations before each line, in the order in which they are tried. A new one is a file and a row here. */
export const decorations: readonly PasteFormat[] = [mailQuote, columnQuote, lineNumbers, fileNames, indent, comment];

/** Every paste. Those that are no decorations have a place of their own in the reader. */
export const pasteFormats: readonly Format[] = [
  quotedPrintable,
  html,
  ansi,
  fence,
  ...decorations,
  oneLine,
  pidCaller,
  hangingIndent,
  hardWrap,
];

/** Decorations that may begin with a character. */
export const decorationsFor = dispatchBy(decorations);
