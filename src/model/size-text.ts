import { type Int64, toBigInt } from "./units.js";

const steps = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/**
 * Bytes to three digits in binary units: `0 B`, `512 B`, `96 KiB`, `5.31 GiB`.
 *
 * @param glue What stands between number and unit.
 */
export function sizeText(bytes: Int64, glue = " "): string {
  const exact = toBigInt(bytes);
  const sign = exact < 0n ? "-" : "";
  const size = exact < 0n ? -exact : exact;
  if (size < 1024n) return `${sign}${grouped(size)}${glue}B`;
  // Memory comes in whole KiB.
  if (size % 1024n === 0n && size < 1n << 20n) return `${sign}${grouped(size >> 10n)}${glue}KiB`;
  let unit = 0;
  // Halving is exact; and the number is rounded once, as it is shown.
  let value = Number(size) / 1024;
  while (value >= 1023.5 && unit < steps.length - 1) {
    unit++;
    value /= 1024;
  }
  return `${sign}${threeDigits(value)}${glue}${steps[unit]}`;
}

/** An integer with its digits in groups of three: `1,706,321`. */
export function grouped(value: Int64): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function threeDigits(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  if (value < 99.95) return value.toFixed(1);
  return grouped(Math.round(value));
}
