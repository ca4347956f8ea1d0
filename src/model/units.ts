/**
 * A 64-bit integer as the kernel printed it: a `number` while it is exact (magnitude below 2^53), else a `bigint`.
 *
 * JSON output writes the second form as a decimal string. Arithmetic that must not lose bits goes through
 * {@link toBigInt}; arithmetic for display goes through {@link toNumber}.
 */
export type Int64 = number | bigint;

/** The unit that a printed counter is in. `count` is a plain number of things. */
export type Unit = "pages" | "kB" | "bytes" | "count";

/** An integer literal (optional sign, decimal digits) as {@link Int64}; exact at any magnitude. */
export function parseInt64(text: string): Int64 {
  if (text.length < 16) return Number(text);
  const exact = BigInt(text);
  return fromBigInt(exact);
}

/** Whether a 64-bit type of the kernel, signed or not, can hold a value: what none holds was not printed by one. */
export function isInt64(value: Int64): boolean {
  return typeof value === "number" ? Number.isSafeInteger(value) : value >= -(1n << 63n) && value < 1n << 64n;
}

/** Whether a 32-bit type of the kernel, signed (pids, `oom_score_adj`) or not (uids), can hold a value. */
export function isInt32(value: Int64): boolean {
  return value >= -2147483648 && value <= 4294967295;
}

/** The same value as a `bigint`. */
export function toBigInt(value: Int64): bigint {
  return BigInt(value);
}

/** The same value as a `number`; rounds beyond 2^53, so for display and ratios only. */
export function toNumber(value: Int64): number {
  return Number(value);
}

/** A `bigint` as {@link Int64}: a `number` when that is exact. */
export function fromBigInt(value: bigint): Int64 {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** The larger of two integers. */
export function maxBigInt(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The smaller of two integers. */
export function minBigInt(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
