import type { KernelTraits } from "../../model/traits.js";

/** A change of the rules: what differs from the row above. */
export interface EraRow {
  /** The first kernel with the change: `4.9`, `3.2.71`, or the first build of a distribution (`4.18.0-305`). */
  readonly from: string;
  /** The rule set that begins here; absent where the one above goes on. */
  readonly rules?: string;
  /** What changed, in words, with the change cited in the project's one form. */
  readonly change: string;
  readonly traits: Partial<KernelTraits>;
}
