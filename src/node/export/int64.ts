import type { Cell } from "../../render/columns/index.js";

/** A value of 64 bits with sign; null beyond them: no wrong number instead of one that the type does not hold. */
export function int64(value: Cell): bigint | null {
  const integer = BigInt(value as bigint);
  return BigInt.asIntN(64, integer) === integer ? integer : null;
}
