import type { Format } from "../format.js";
import type { Place, Sink } from "../sink.js";

/** Characters and tags that no kernel prints into its log as they are; one scan of a line rules all of them out. */
const SUSPECT = /[\0\u001b\u00a0&]|<\/?(?:pre|br|code|p|div|span|details|summary)[ />]/i;

/** Control sequences: colour, cursor, title. */
const ANSI = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[()][A-Z0-9]|[=>78])/g;

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos|nbsp));/g;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/** Only tags of documents: `<TASK>`, `<4>` and `[<ffffffff8108d631>]` are the kernel's. */
const TAG =
  /<\/?(?:pre|br|code|p|div|span|details|summary|b|i|tt|samp|font|blockquote|html|body|td|tr|table)(?: [^<>]{0,300})?\/?>/gi;

/** A reset, as it ends what a program coloured. */
const RESET = /\u001b\[0?m/;

/** Colour and cursor control of a terminal. */
export const ansi: Format = {
  id: "ansi",
  layer: "paste",
  description: "Coloured by dmesg or a terminal: control sequences of ECMA-48 within the line.",
};

/** Markup of a web page. */
export const html: Format = {
  id: "html",
  layer: "paste",
  description: "Copied from the source of a web page (`&lt;4&gt;[    3.865246] …`, `<pre>`, `<br>`, no-break blanks).",
};

/**
 * Takes off what stands within a line: ANSI sequences, NUL bytes, HTML. Null when nothing but markup was there.
 *
 * Only for text as people and terminals hand it on; a transport that keeps the kernel's bytes (kmsg, journal export,
 * JSON) goes past it, since a task's name may hold any of these.
 */
export function cleanLine(text: string, sink: Sink, place: Place): string | null {
  if (!SUSPECT.test(text)) return text;
  let clean = text;
  // A sequence alone within a line may be a task's name.
  if (clean.startsWith("\u001b") || RESET.test(clean)) {
    clean = clean.replace(ANSI, "");
    if (clean !== text) sink.cleaned("terminal control sequences", place);
  }
  if (clean.includes("\0")) clean = clean.replaceAll("\0", "");
  const plain = decodeHtml(clean);
  if (plain !== clean) sink.cleaned("HTML", place);
  if (plain.trim() === "" && clean.trim() !== "") return null;
  return plain.replaceAll("\u00a0", " ");
}

/** Tags go first, so that an escaped one (`&lt;TASK&gt;`) stays. Entities are decoded once. */
function decodeHtml(text: string): string {
  const bare = text.includes("<") ? text.replace(TAG, "") : text;
  if (!bare.includes("&")) return bare;
  return bare.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code === 160 ? " " : code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
