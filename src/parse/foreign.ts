/** A kind of line that something else than the OOM killer prints. A new one is a row here. */
interface ForeignPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

const foreignPatterns: readonly ForeignPattern[] = [];

/** Whether a line positively matches something else that the kernel or a program prints. */
export function isForeign(text: string): boolean {
  return foreignPatterns.some(({ pattern }) => pattern.test(text));
}
