import type { Scenario } from "../scenario.js";
import { memcg } from "./memcg.js";
import { memoryKinds } from "./memory-kinds.js";
import { numa } from "./numa.js";
import { processKinds } from "./process-kinds.js";
import { systemWide } from "./system-wide.js";
import { triggers } from "./triggers.js";

/** Every named scenario. `g_` is system-wide, `m1_` and `m2_` are memory cgroups v1 and v2, `n_` has two nodes. */
export const scenarios: readonly Scenario[] = [
  ...systemWide,
  ...memoryKinds,
  ...processKinds,
  ...triggers,
  ...memcg,
  ...numa,
];
