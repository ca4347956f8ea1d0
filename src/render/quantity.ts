import { grouped, sizeText } from "../model/size-text.js";
import { type Int64, toBigInt } from "../model/units.js";

export { grouped };

/** Between a number and its unit: never broken, and written as a space. */
export const GLUE = "\u00a0";

/** A count with its noun: `1 page`, `1,706 pages`. */
export function counted(value: Int64, noun: string, plural = `${noun}s`): string {
  return `${grouped(value)}${GLUE}${value === 1 || value === 1n ? noun : plural}`;
}

/** Bytes to three digits in binary units: `0 B`, `512 B`, `96 KiB`, `5.31 GiB`. */
export function formatBytes(bytes: Int64): string {
  return sizeText(bytes, GLUE);
}

/** kB of the kernel (1024 bytes) in binary units. */
export function formatKb(kb: Int64): string {
  return formatBytes(toBigInt(kb) * 1024n);
}

/** Pages in binary units; fractions of a page come from amounts in kB. */
export function formatPages(pages: Int64, pageSizeBytes: number): string {
  if (typeof pages === "number" && !Number.isInteger(pages)) return formatBytes(Math.round(pages * pageSizeBytes));
  return formatBytes(toBigInt(pages) * BigInt(pageSizeBytes));
}

/** A part of a whole: `70 %`, `1.2 %`, `< 0.1 %`; the empty string where there is no whole. */
export function formatShare(part: Int64, whole: Int64): string {
  if (Number(whole) <= 0) return "";
  const percent = (Number(part) / Number(whole)) * 100;
  if (percent === 0) return `0${GLUE}%`;
  if (Math.abs(percent) < 0.05) return `<${GLUE}0.1${GLUE}%`;
  return `${Math.abs(percent) < 9.95 ? percent.toFixed(1) : grouped(Math.round(percent))}${GLUE}%`;
}

/** Seconds since boot: `41.3 s`, `12 min 5 s`, `12 d 3 h`. */
export function formatUptime(seconds: number): string {
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)}${GLUE}s`;
  const whole = Math.floor(seconds);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .map(([count, unit]) => `${count}${GLUE}${unit}`)
    .join(GLUE);
}

/** Ascending line numbers as ranges: `123`, `123-125,130`; at most `limit` ranges, then `…`. */
export function formatLines(lines: readonly number[], limit = 4): string {
  const ranges: [number, number][] = [];
  for (const line of Float64Array.from(lines).sort()) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  const shown = ranges.slice(0, limit).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  return `${shown.join(",")}${ranges.length > limit ? ",…" : ""}`;
}
