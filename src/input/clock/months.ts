const ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function packed(text: string, at: number): number {
  return (
    ((text.charCodeAt(at) | 0x20) << 16) | ((text.charCodeAt(at + 1) | 0x20) << 8) | text.charCodeAt(at + 2) | 0x20
  );
}

const ENGLISH_NUMBERS = new Map(ENGLISH.map((name, i) => [packed(name, 0), i + 1]));

/** Number (1 to 12) of an English month abbreviation of three letters at `at`, or 0. */
export function englishMonth(text: string, at: number): number {
  return ENGLISH_NUMBERS.get(packed(text, at)) ?? 0;
}

/** Languages whose month names programs have been seen to print into logs. */
const LANGUAGES =
  "ar bg ca cs da de el es et eu fa fi fr ga gl he hr hu id is it ja ko lt lv mk nb nl pl pt ro ru sk sl sq sr sv th tr uk vi zh";

/** Number (1 to 12) of a month's name in any language, or null when unknown or not the same month everywhere. */
export function monthOf(name: string): number | null {
  const numbered = /^(\d{1,2})(?:月|월)$/.exec(name);
  if (numbered !== null) return Number(numbered[1]) <= 12 ? Number(numbered[1]) : null;
  if (/^[A-Za-z]{3}$/.test(name)) {
    const english = englishMonth(name, 0);
    if (english !== 0) return english;
  }
  const known = cache.get(name);
  if (known !== undefined) return known;
  const month = search(fold(name));
  if (cache.size < 100) cache.set(name, month);
  return month;
}

const cache = new Map<string, number | null>();

/** Libraries abbreviate to different lengths: one name may be the beginning of the other. */
function search(folded: string): number | null {
  if (folded.length < 2) return null;
  const months = new Set<number>();
  for (const [name, month] of namesOfMonths()) {
    if (name === folded) return month;
    if (name.startsWith(folded) || (name.length > 2 && folded.startsWith(name))) months.add(month);
  }
  return months.size === 1 ? ([...months][0] ?? null) : null;
}

function fold(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[\p{M}.]/gu, "")
    .toLowerCase();
}

let names: readonly (readonly [string, number])[] | undefined;

/** Folded names with their months; a name that means different months in two languages is left out. */
function namesOfMonths(): readonly (readonly [string, number])[] {
  if (names !== undefined) return names;
  const months = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const language of LANGUAGES.split(" ")) {
    for (const options of [{ month: "short", day: "numeric" }, { month: "long" }] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { ...options, timeZone: "UTC" });
      for (let month = 1; month <= 12; month++) {
        const part = format.formatToParts(Date.UTC(2001, month - 1, 1)).find(({ type }) => type === "month");
        if (part === undefined || /^\d/.test(part.value)) continue;
        const name = fold(part.value);
        if ((months.get(name) ?? month) !== month) ambiguous.add(name);
        months.set(name, month);
      }
    }
  }
  names = [...months].filter(([name]) => !ambiguous.has(name));
  return names;
}
