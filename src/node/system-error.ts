/** The reason of a failed system call in words (`no such file or directory`), without code, call and path. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !error.message.startsWith(`${code}: `)) return error.message;
  return error.message.slice(code.length + 2).replace(/, [a-z]+(?: '.*)?$/s, "");
}

/** The code of a failed system call (`ENOENT`); undefined for every other error, Node's own `ERR_…` among them. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code?.startsWith("ERR_") ? undefined : code;
}
