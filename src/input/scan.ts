/** Hand scanning of fixed forms: three to five times faster than a regular expression on the lines that matter. */

export const BLANK = 0x20;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

/** Whether a character code is an ASCII digit. NaN (past the end) is none. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The number in exactly `count` digits at `at`, or -1. */
export function readDigits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 0x30;
  }
  return value;
}

/** Index of the first character at or after `at` that is no digit. */
export function skipDigits(text: string, at: number): number {
  let i = at;
  while (isDigit(text.charCodeAt(i))) i++;
  return i;
}

/** Index of the first character at or after `at` that is no blank. */
export function skipBlanks(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === BLANK) i++;
  return i;
}

/** Microseconds of the fraction digits in `[from, to)`; digits beyond the sixth are dropped. */
export function fractionUsec(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < from + 6; i++) value = value * 10 + (i < to ? text.charCodeAt(i) - 0x30 : 0);
  return value;
}

/** A time of day `hh:mm:ss` at `at` in seconds, or -1. A leap second counts as the 60th. */
export function readSecondOfDay(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return -1;
  const hour = readDigits(text, at, 2);
  const minute = readDigits(text, at + 3, 2);
  const second = readDigits(text, at + 6, 2);
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 60) return -1;
  return hour * 3600 + minute * 60 + second;
}
