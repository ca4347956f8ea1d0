import { fromBigInt, type Int64 } from "../model/units.js";

/**
 * The kernel's integer arithmetic, exact at any magnitude: in `number` as long as the result is one exactly, else in
 * `bigint`. Results are in the one form that {@link fromBigInt} gives, so that `===` compares them.
 */
export function add(a: Int64, b: Int64): Int64 {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return fromBigInt(BigInt(a) + BigInt(b));
}

/** `a - b` */
export function subtract(a: Int64, b: Int64): Int64 {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return fromBigInt(BigInt(a) - BigInt(b));
}

/** `a * b` */
export function multiply(a: Int64, b: Int64): Int64 {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return fromBigInt(BigInt(a) * BigInt(b));
}

/** `a / b`, truncated toward 0. A quotient of exact numbers below 2^53 never rounds up to the next integer. */
export function divide(a: Int64, b: Int64): Int64 {
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return fromBigInt(BigInt(a) / BigInt(b));
}

/** The value of a 32-bit `int` after an assignment. */
export function toInt32(value: Int64): Int64 {
  return typeof value === "number" && value === (value | 0) ? value : fromBigInt(BigInt.asIntN(32, BigInt(value)));
}

/** The value of a 32-bit `unsigned int` after an assignment. */
export function toUint32(value: Int64): Int64 {
  return typeof value === "number" && value === value >>> 0 ? value : fromBigInt(BigInt.asUintN(32, BigInt(value)));
}

/** `long` and `unsigned long` of a kernel with words of `bits` bits. */
export interface Word {
  readonly bits: 32 | 64;
  readonly ulongMax: Int64;
  readonly longMax: Int64;
  readonly longMin: Int64;
}

const word32: Word = { bits: 32, ulongMax: 2 ** 32 - 1, longMax: 2 ** 31 - 1, longMin: -(2 ** 31) };
const word64: Word = { bits: 64, ulongMax: 2n ** 64n - 1n, longMax: 2n ** 63n - 1n, longMin: -(2n ** 63n) };

/** The word of a kernel; 64 bits where it is not known. */
export function wordOf(bits: 32 | 64 = 64): Word {
  return bits === 32 ? word32 : word64;
}

/** The value of an `unsigned long` after an assignment. */
export function toUlong(value: Int64, word: Word): Int64 {
  if (word.bits === 32) return toUint32(value);
  return typeof value === "number" && value >= 0 ? value : fromBigInt(BigInt.asUintN(64, BigInt(value)));
}

/** The value of a `long` after an assignment. */
export function toLong(value: Int64, word: Word): Int64 {
  if (word.bits === 32) return toInt32(value);
  return typeof value === "number" ? value : fromBigInt(BigInt.asIntN(64, value));
}

/** `int_sqrt`: the largest integer whose square is not above `value`, which is not negative. */
export function integerSquareRoot(value: Int64): Int64 {
  if (typeof value === "number") return Math.floor(Math.sqrt(value));
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root -= 1n;
  while ((root + 1n) * (root + 1n) <= value) root += 1n;
  return fromBigInt(root);
}
