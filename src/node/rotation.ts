/** What log rotation appends to a name: a number (higher is older), a date (higher is newer), what it was packed with. */
const ROTATED =
  /^(.+?)(?:[.-](\d{1,4})|[.-](\d{4}-?\d\d-?\d\d(?:[-T_]?\d{2,6})?)(?:\.(\d{1,4}))?)?(?:\.(?:gz|xz|zst|bz2|lz4|Z))?$/s;

/**
 * Compares names of files so that the logs of one rotation stand together, oldest first: `kern.log.2.gz`,
 * `kern.log.1`, `kern.log`, and before them those with a date. Other names stand in the order of their characters.
 */
export function compareRotated(first: string, second: string): number {
  const a = partsOf(first);
  const b = partsOf(second);
  return (
    compare(a.stem, b.stem) ||
    // Dated before numbered before the one that is still written.
    Number(b.date !== "") - Number(a.date !== "") ||
    compare(a.date, b.date) ||
    b.number - a.number ||
    compare(first, second)
  );
}

function partsOf(name: string): { stem: string; number: number; date: string } {
  const [, stem = name, number, date, numberOfDate] = ROTATED.exec(name) ?? [];
  return { stem, number: Number(number ?? numberOfDate ?? 0), date: date?.replaceAll(/\D/g, "") ?? "" };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
