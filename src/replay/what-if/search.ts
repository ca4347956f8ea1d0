/** The highest whole number of a range at which a condition holds that, once broken, stays broken; null when none. */
export function highestHolding(low: number, high: number, holds: (value: number) => boolean): number | null {
  if (!holds(low)) return null;
  let best = low;
  let bad = high + 1;
  while (bad - best > 1) {
    const middle = Math.floor((best + bad) / 2);
    if (holds(middle)) best = middle;
    else bad = middle;
  }
  return best;
}

/** The lowest whole number of a range from which on a condition holds; null when it does not hold at the end. */
export function lowestHolding(low: number, high: number, holds: (value: number) => boolean): number | null {
  const highest = highestHolding(-high, -low, (value) => holds(-value));
  return highest === null ? null : -highest + 0;
}
