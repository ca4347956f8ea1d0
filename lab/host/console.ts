import { crc32 } from "node:zlib";

/** A piece of the serial console: a frame of the guest program, or a line that the kernel or a task printed. */
export type ConsoleItem =
  | { readonly kind: "frame"; readonly sequence: number; readonly text: string }
  | { readonly kind: "damaged"; readonly text: string }
  | { readonly kind: "line"; readonly text: string };

const mark = "~oomlab ";

/**
 * Splits a serial console into frames and other lines, in any chunking.
 *
 * Text is handed on as one character per byte (latin1), so that nothing a task prints is lost.
 */
export class ConsoleReader {
  #rest = "";

  push(chunk: Buffer): readonly ConsoleItem[] {
    const lines = (this.#rest + chunk.toString("latin1")).split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => readLine(line));
  }

  /** What was left without a newline. */
  end(): readonly ConsoleItem[] {
    const rest = this.#rest;
    this.#rest = "";
    return rest === "" ? [] : readLine(rest);
  }
}

function readLine(raw: string): readonly ConsoleItem[] {
  const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  const at = line.indexOf(mark);
  if (at < 0) return [{ kind: "line", text: line }];
  const before: ConsoleItem[] = at === 0 ? [] : [{ kind: "line", text: line.slice(0, at) }];
  const [sequence = "", checksum = "", ...words] = line.slice(at + mark.length).split(" ");
  const text = words.join(" ");
  const isWhole = crc32(Buffer.from(`${sequence} ${text}`, "latin1")) === Number.parseInt(checksum, 16);
  return [...before, isWhole ? { kind: "frame", sequence: Number(sequence), text } : { kind: "damaged", text: line }];
}

/** The raw text of `more` frames: `+` is a blank, `%XX` a byte; one character per byte. */
export function unescapeText(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
