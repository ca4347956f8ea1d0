/** Bytes that can not be read or unpacked further. What came before was handed out and counts. */
export class DamageError extends Error {
  override readonly name = "DamageError";
}

/** The packed bytes end in the middle. */
export function cutShort(): DamageError {
  return new DamageError("the packed data ends too early; what came before was read");
}

/** The packed bytes are not what a packer wrote. */
export function corrupt(what: string): DamageError {
  return new DamageError(`the packed data is corrupt (${what}); what came before was read`);
}
