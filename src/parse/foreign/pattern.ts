/** A kind of line that something else than the OOM killer prints. */
export interface ForeignPattern {
  /** Unique; for people and for tests. */
  readonly name: string;
  readonly pattern: RegExp;
}

/**
 * The lines of drivers and subsystems that begin with their name: `NAME: …`, `NAME (DEVICE): …`, `NAME 0000:00:1f.2: …`,
 * `ata1.00: …`. The names are those of the kernel's own messages; a new one is one more word.
 */
export function subsystem(name: string, words: string): ForeignPattern {
  const names = words.trim().split(/\s+/).map(escapeRegExp).join("|");
  return { name, pattern: new RegExp(`^(?:${names})[\\d.-]{0,8}(?:[ (/\\[][^ :]{1,40}){0,3}:(?: |$|\\S{1,40}[ :])`) };
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
