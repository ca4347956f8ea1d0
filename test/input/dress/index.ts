import { dmesgDresses } from "./dmesg.js";
import type { Dress } from "./dress.js";
import { exportDresses } from "./exports.js";
import { journalDresses } from "./journal.js";
import { networkDresses } from "./network.js";
import { pasteDresses } from "./pastes.js";
import { syslogDresses } from "./syslog.js";

/** A dress, and more than one where it matters, for every format. */
export const dresses: readonly Dress[] = [
  ...pasteDresses,
  ...networkDresses,
  ...journalDresses,
  ...exportDresses,
  ...syslogDresses,
  ...dmesgDresses,
];
