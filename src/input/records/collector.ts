import { takeTime } from "../clock/envelope-time.js";
import { levelOf } from "../facility.js";
import type { Header } from "../header.js";
import { type Fields, type Found, messageText, type RecordFormat, textAt, valueAt } from "./record.js";

/** A kind of object that differs from others only in the names of its fields. */
export interface CollectorNames {
  readonly id: string;
  readonly description: string;
  readonly fits: RecordFormat["fits"];
  /** Paths in the order in which they are tried. */
  readonly message: readonly string[];
  readonly host?: readonly string[];
  readonly time?: readonly string[];
  readonly level?: readonly string[];
  /** The syslog tag, where the collector took it off the message. */
  readonly ident?: readonly string[];
  readonly pid?: readonly string[];
}

/** The recogniser of such a kind. */
export function collectorRecord(names: CollectorNames): RecordFormat {
  return {
    id: names.id,
    layer: "record",
    description: names.description,
    fits: names.fits,
    read(fields, found) {
      const header = found.contents.header();
      header.host = textAt(fields, ...(names.host ?? [])) ?? header.host;
      takeTimeAt(fields, names.time ?? [], header);
      header.level = levelOf((textAt(fields, ...(names.level ?? [])) ?? "").toLowerCase()) ?? header.level;
      header.ident = textAt(fields, ...(names.ident ?? []));
      const pid = textAt(fields, ...(names.pid ?? []));
      if (pid !== null && /^\d+$/.test(pid)) header.pid = Number(pid);
      handOn(firstMessage(fields, names.message), header, found);
    },
  };
}

/** Takes the time at the first of the paths that has one. */
export function takeTimeAt(fields: Fields, paths: readonly string[], header: Header): void {
  for (const path of paths) {
    const value = valueAt(fields, path);
    if (value === undefined || value === null) continue;
    takeTime(value, header);
    return;
  }
}

/** The text at the first of the paths that has one. */
export function firstMessage(fields: Fields, paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = messageText(valueAt(fields, path));
    if (text !== null) return text;
  }
  return null;
}

/** Hands on a message: a line of its own where nobody took the tag off, else the text behind a tag. */
export function handOn(text: string | null, header: Header, { contents, place }: Found): void {
  if (text === null) return;
  if (header.ident === null) contents.message(text, header, place);
  else contents.payload(text, header, place);
}
