import { corePatterns } from "./core.js";
import { devicePatterns } from "./devices.js";
import { networkPatterns } from "./network.js";
import type { ForeignPattern } from "./pattern.js";
import { programPatterns } from "./programs.js";
import { storagePatterns } from "./storage.js";
import { isTraceLine } from "./traces.js";

export type { ForeignPattern } from "./pattern.js";

/** Every kind of line that is known to be something else's. */
export const foreignPatterns: readonly ForeignPattern[] = [
  ...corePatterns,
  ...devicePatterns,
  ...storagePatterns,
  ...networkPatterns,
  ...programPatterns,
];

/**
 * The name of the pattern by which the line is something else's, or null when it matches none: a line that nobody knows
 * is not foreign, it is unknown.
 */
export function foreignName(text: string): string | null {
  const known = foreignPatterns.find(({ pattern }) => pattern.test(text));
  return known?.name ?? (isTraceLine(text) ? "other-trace" : null);
}
