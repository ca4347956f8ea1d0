/** The value of a 32-bit `int` after an assignment. */
export function toInt32(value: bigint): bigint {
  return BigInt.asIntN(32, value);
}

/** The value of a 32-bit `unsigned int` after an assignment. */
export function toUint32(value: bigint): bigint {
  return BigInt.asUintN(32, value);
}

/** `long` and `unsigned long` of a kernel with words of `bits` bits. */
export interface Word {
  readonly bits: 32 | 64;
  readonly ulongMax: bigint;
  readonly longMax: bigint;
  readonly longMin: bigint;
}

const word32: Word = { bits: 32, ulongMax: 2n ** 32n - 1n, longMax: 2n ** 31n - 1n, longMin: -(2n ** 31n) };
const word64: Word = { bits: 64, ulongMax: 2n ** 64n - 1n, longMax: 2n ** 63n - 1n, longMin: -(2n ** 63n) };

/** The word of a kernel; 64 bits where it is not known. */
export function wordOf(bits: 32 | 64 = 64): Word {
  return bits === 32 ? word32 : word64;
}

/** The value of an `unsigned long` after an assignment. */
export function toUlong(value: bigint, word: Word): bigint {
  return BigInt.asUintN(word.bits, value);
}

/** The value of a `long` after an assignment. */
export function toLong(value: bigint, word: Word): bigint {
  return BigInt.asIntN(word.bits, value);
}

/** `int_sqrt`: the largest integer whose square is not above `value`. */
export function integerSquareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root -= 1n;
  while ((root + 1n) * (root + 1n) <= value) root += 1n;
  return root;
}
