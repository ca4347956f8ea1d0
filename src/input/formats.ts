import { envelopeFormats } from "./envelopes/index.js";
import type { Format } from "./format.js";
import { pasteFormats } from "./pastes/index.js";
import { prefixFormats } from "./prefixes/index.js";
import { recordFormats } from "./records/index.js";

/** Every format of every layer, from outside in, each layer in the order in which its formats are tried. */
export const formats: readonly Format[] = [...pasteFormats, ...envelopeFormats, ...recordFormats, ...prefixFormats];
