import type { Sighting } from "./sighting.js";

/** Something with its time. */
export interface Timed<T> {
  readonly item: T;
  readonly seconds: number;
}

/**
 * The items of one place in the order of their times, by one clock: wall time where all have it or no better is there,
 * else the kernel's clock. Items without that time are left out.
 */
export function timesOf<T>(items: readonly T[], sightingOf: (item: T) => Sighting): Timed<T>[] {
  const count = (of: (sighting: Sighting) => number | null): number =>
    items.filter((item) => of(sightingOf(item)) !== null).length;
  const wall = ({ wallSeconds }: Sighting): number | null => wallSeconds;
  const boot = ({ bootSeconds }: Sighting): number | null => bootSeconds;
  const clock = count(wall) >= count(boot) ? wall : boot;
  return items
    .flatMap((item) => {
      const seconds = clock(sightingOf(item));
      return seconds === null ? [] : [{ item, seconds }];
    })
    .sort((a, b) => a.seconds - b.seconds);
}
