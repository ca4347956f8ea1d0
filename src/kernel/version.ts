/** A kernel version: `[2, 6, 32]`, `[4, 9]`, `[5, 4, 286]`; trailing numbers that are not given count as 0. */
export type Version = readonly number[];

/** The numbers of a dotted version. */
export function versionOf(text: string): Version {
  return text.split(".").map(Number);
}

/** Below 0 when `a` is older than `b`, above 0 when newer, 0 when equal. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The series that a stable release belongs to: `[3, 10]` of `3.10.105`, `[2, 6, 32]` of `2.6.32.67`. A release of the
 * series itself (`3.10.0`) is its own.
 */
export function seriesOf(version: Version): Version {
  return version.slice(0, (version[0] ?? 0) < 3 ? 3 : 2);
}

/** The last version before each that begins a series of numbers. */
const lastOfSeries: readonly (readonly [string, string])[] = [
  ["3.0", "2.6.39"],
  ["4.0", "3.19"],
  ["5.0", "4.20"],
  ["6.0", "5.19"],
  ["7.0", "6.19"],
];

/** The version of mainline before another: `2.6.31` before `2.6.32`, `4.20` before `5.0`. */
export function versionBefore(version: Version): Version {
  const last = lastOfSeries.find(([first]) => compareVersions(versionOf(first), version) === 0);
  return last === undefined ? [...version.slice(0, -1), (version.at(-1) ?? 0) - 1] : versionOf(last[1]);
}

/** `2.6.32` */
export function formatVersion(version: Version): string {
  return version.join(".");
}
