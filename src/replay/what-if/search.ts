/** A range of whole numbers to search, ends included. */
export interface SearchRange {
  readonly low: number;
  readonly high: number;
  /** Where the answer is likely: the search begins here, and its steps double. */
  readonly near?: number;
}

/**
 * The lowest number of a range at which a condition holds; null when there is none. Of a condition that, once it holds,
 * holds for all higher numbers, this is exact: it holds at the answer and not one below.
 */
export function lowestHolding({ low, high, near }: SearchRange, holds: (value: number) => boolean): number | null {
  const start = Math.min(Math.max(near ?? Math.floor((low + high) / 2), low), high);
  let bad = low - 1;
  let good = high + 1;
  let step = 1;
  if (holds(start)) {
    good = start;
    while (bad < low && good > low) {
      const below = Math.max(low, good - step);
      if (holds(below)) good = below;
      else bad = below;
      step *= 2;
    }
  } else {
    bad = start;
    while (good > high && bad < high) {
      const above = Math.min(high, bad + step);
      if (holds(above)) good = above;
      else bad = above;
      step *= 2;
    }
  }
  while (good - bad > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good > high ? null : good;
}

/** The highest number of a range at which a condition holds that, once broken, stays broken; null when there is none. */
export function highestHolding({ low, high, near }: SearchRange, holds: (value: number) => boolean): number | null {
  const mirrored = { low: -high, high: -low, ...(near === undefined ? {} : { near: -near }) };
  const lowest = lowestHolding(mirrored, (value) => holds(-value));
  return lowest === null ? null : -lowest + 0;
}
