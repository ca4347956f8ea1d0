/** What the exit status of every command means. */
export const ExitStatus = {
  /** Reports were found (and, with `--check`, none fails it). A closed pipe ends so too. */
  found: 0,
  /** No report was found, or `--check` failed. */
  none: 1,
  /** Wrong usage, or an input that could not be read. */
  trouble: 2,
} as const;

export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];
