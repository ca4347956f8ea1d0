import { sizeText } from "../model/size-text.js";
import type { Quantity } from "./quantity.js";

/** Amounts as sentences show them. */
export interface AmountText {
  /** `512 KiB`, `1.21 GiB`, `12.3 GiB`, as everywhere */
  size(quantity: Quantity | number): string;
  /** The same amount in bytes with a suffix that systemd, Docker and the kernel's files understand: `1843M`. */
  setting(quantity: Quantity | number): string;
}

/** Formats amounts in pages (a bare number is pages), kB and bytes. */
export function amountText(pageSizeBytes: number): AmountText {
  const bytes = (amount: Quantity | number): number => {
    if (typeof amount === "number") return amount * pageSizeBytes;
    return amount.value * (amount.unit === "kB" ? 1024 : amount.unit === "pages" ? pageSizeBytes : 1);
  };
  return {
    size: (amount) => sizeText(Math.round(Math.abs(bytes(amount)))),
    setting: (amount) => {
      const size = bytes(amount);
      return size < 10 * MIB ? `${Math.max(1, Math.round(size / 1024))}K` : `${Math.round(size / MIB)}M`;
    },
  };
}

const MIB = 1024 * 1024;
/** `12,345` */
export function grouped(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const digits = whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** `43 %`; below 10 with one decimal. */
export function share(quantity: Quantity): string {
  const { value } = quantity;
  return Math.abs(value) < 10 ? `${value.toFixed(1)} %` : `${Math.round(value)} %`;
}

/** `, 43 % of RAM`; nothing above 100 %, which only says that memory is counted twice. */
export function partOf(part: Quantity, whole: Quantity): string {
  return part.value > 100 ? "" : `, ${share(part)} of ${whole.name}`;
}

/** `name (pid 123)` */
export function who(task: { readonly name: string; readonly pid: number }): string {
  return `${task.name} (pid ${task.pid})`;
}

/** `1 process`, `3 processes` */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** Quoted for a POSIX shell where it must be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
