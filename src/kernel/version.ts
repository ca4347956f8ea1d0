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

/** `2.6.32` */
export function formatVersion(version: Version): string {
  return version.join(".");
}
