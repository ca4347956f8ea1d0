import { dispatchBy } from "../dispatch.js";
import { cri } from "./cri.js";
import { csv } from "./csv.js";
import type { EnvelopeFormat } from "./envelope.js";
import { journalExport } from "./journal-export.js";
import { journalVerbose } from "./journal-verbose.js";
import { json } from "./json.js";
import { kmsg, netconsoleExt } from "./kmsg.js";
import { pstore } from "./pstore.js";

/** Every envelope, in the order in which they are tried. A new one is a file and a row here. */
export const envelopeFormats: readonly EnvelopeFormat[] = [
  json,
  journalExport,
  csv,
  kmsg,
  netconsoleExt,
  pstore,
  cri,
  journalVerbose,
];

/** Envelopes that may begin with a character. */
export const envelopesFor = dispatchBy(envelopeFormats);
