import type { Era, EraCertainty } from "../model/traits.js";

/** The rules that a release string leads to. */
export interface EraResolution {
  readonly era: Era;
  readonly certainty: EraCertainty;
  /** What had to be assumed, one sentence each. */
  readonly assumed: readonly string[];
}

/** Every era: mainline oldest first, then stable exceptions, then distribution kernels. */
export const eras: readonly Era[] = [];

/** The era of a release string (`uname -r`) or of a kernel's name (`v3.9`, `el8-4.18.0-305`); null if it names none. */
export function eraFor(_release: string): EraResolution | null {
  throw new Error("not written yet");
}
