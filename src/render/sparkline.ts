const levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Counts as a line of bars, the largest at full height; `·` stands for none. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts);
  return counts
    .map((count) => (count === 0 ? "·" : (levels[Math.ceil((count / most) * levels.length) - 1] ?? levels[0])))
    .join("");
}
