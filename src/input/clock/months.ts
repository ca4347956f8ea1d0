const ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Number (1 to 12) of an English month abbreviation of three letters at `at`, or 0. */
export function englishMonth(text: string, at: number): number {
  return ENGLISH.indexOf(text.slice(at, at + 3).toLowerCase()) + 1;
}
