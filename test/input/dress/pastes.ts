import { encodeBytes } from "../../../src/input/bytes.js";
import { type Dress, eachLine, type KernelRecord, stamped } from "./dress.js";

const BOOT = { uptimeUsec: 1_444_066, trust: "claimed" } as const;
const plain = eachLine(stamped);

/** Blanks at a break are gone; in the line that the kernel prints without any, a path or name may have held one. */
function collapsed(text: string): string {
  return text.replace(/ +/g, text.startsWith("oom-kill:") ? "" : " ").trim();
}

/** A blank alone on the next line is no line. */
function trimmed(text: string): string {
  return text.trimEnd();
}

/** Broken after a word before the column, as mail programs do: the blanks at the break are gone. */
function wrapAtWords(text: string, column: number): string {
  const lines: string[] = [];
  for (let rest = text; ; ) {
    const at = rest.length <= column ? -1 : rest.lastIndexOf(" ", column);
    // The first words of a line with its stamp stay together, and a word longer than a line stays whole.
    const end = at > 20 || (lines.length > 0 && at > 0) ? at : rest.length <= column ? -1 : rest.indexOf(" ", column);
    if (end < 0) return [...lines, rest].join("\n");
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
}

/** Cut at a column, as terminals do. */
function cutAt(text: string, column: number): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += column) lines.push(text.slice(at, at + column));
  return lines.join("\n");
}

function quotedPrintable(text: string): string {
  const encoded = encodeBytes(text)
    .map((byte) =>
      byte === 0x3d || byte > 0x7e || (byte < 0x20 && byte !== 0x09)
        ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}`
        : String.fromCharCode(byte),
    )
    .join("");
  const lines: string[] = [];
  let rest = encoded;
  while (rest.length > 76) {
    const code = rest.lastIndexOf("=", 74);
    const end = code > 72 ? code : 75;
    lines.push(`${rest.slice(0, end)}=`);
    rest = rest.slice(end);
  }
  return [...lines, rest].join("\n");
}

function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#39;")
    .replaceAll("  ", "&nbsp; ");
}

function each(put: (line: string, index: number) => string): Dress["put"] {
  return eachLine((record: KernelRecord, _, i) => put(stamped(record), i));
}

export const pasteDresses: readonly Dress[] = [
  { id: "mail-quote", put: each((line) => `> ${line}`), first: BOOT },
  { id: "mail-quote", variant: "three deep", put: each((line) => `>> > ${line}`), first: BOOT },
  { id: "column-quote", put: each((line) => `: ${line}`), first: BOOT },
  { id: "column-quote", variant: "bars", put: each((line) => `| ${line}`), first: BOOT },
  { id: "comment", put: each((line) => `# ${line}`), first: BOOT },
  { id: "indent", put: each((line) => `    ${line}`), first: BOOT },
  { id: "indent", variant: "quoted", put: each((line) => `>     ${line}`), first: BOOT },
  { id: "line-numbers", put: each((line, i) => `${String(i + 1).padStart(6)}\t${line}`), first: BOOT },
  { id: "line-numbers", variant: "grep -n", put: each((line, i) => `${i + 1301}:${line}`), first: BOOT },
  { id: "file-names", put: each((line) => `/var/log/kern.log.1:${line}`), first: BOOT },
  { id: "html", put: (records) => `<pre>\n${each(html)(records)}</pre>\n`, first: BOOT },
  { id: "fence", put: (records) => `\`\`\`text\n${plain(records)}\`\`\`\n\nAny idea?\n`, first: BOOT },
  {
    id: "ansi",
    put: each((line) =>
      line.replace(/^(\[.*?\]) ([^:]*)(.*)$/s, "\u001b[32m$1 \u001b[0m\u001b[33m$2\u001b[0m\u001b[1m$3\u001b[0m"),
    ),
    first: BOOT,
    // In a coloured line a name's own colour is not told from the terminal's.
    leaves: (text) => text.replace(/\u001b\[[0-9;]*m/g, ""),
  },
  { id: "quoted-printable", put: each(quotedPrintable), first: BOOT },
  { id: "hard-wrap", put: each((line) => wrapAtWords(line, 72)), first: BOOT, leaves: collapsed },
  { id: "hard-wrap", variant: "at a column", put: each((line) => cutAt(line, 80)), first: BOOT, leaves: trimmed },
  { id: "one-line", put: (records) => records.map(stamped).join(""), first: BOOT },
];
