import type { Rule } from "./rule.js";
import { allocationRules } from "./rules/allocations.js";
import { cpuLineRules } from "./rules/cpu-line.js";
import { endingRules } from "./rules/endings.js";
import { killRules } from "./rules/kill.js";
import { lossRules } from "./rules/losses.js";
import { memInfoRules } from "./rules/mem-info.js";
import { memcgRules } from "./rules/memcg.js";
import { protectionRules } from "./rules/protection.js";
import { reaperRules } from "./rules/reaper.js";
import { registerRules } from "./rules/registers.js";
import { slabRules } from "./rules/slab.js";
import { stackRules } from "./rules/stack.js";
import { summaryRules } from "./rules/summary.js";
import { taskTableRules } from "./rules/task-table.js";
import { totalsRules } from "./rules/totals.js";
import { triggerRules } from "./rules/trigger.js";
import { zoneRules } from "./rules/zones.js";

/** Every rule, in the order in which they are tried. */
export const grammar: readonly Rule[] = [
  ...taskTableRules,
  ...triggerRules,
  ...memcgRules,
  ...memInfoRules,
  ...zoneRules,
  ...totalsRules,
  ...slabRules,
  ...allocationRules,
  ...protectionRules,
  ...lossRules,
  ...killRules,
  ...summaryRules,
  ...reaperRules,
  ...endingRules,
  ...cpuLineRules,
  ...stackRules,
  ...registerRules,
];
