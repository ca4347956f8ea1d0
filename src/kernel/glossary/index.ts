import type { GlossarySection } from "../../model/glossary.js";
import { allocationGlossary } from "./allocation.js";
import { afterKillGlossary, killGlossary } from "./kill.js";
import { memcgGlossary, memoryStatGlossary } from "./memcg.js";
import { countersGlossary, nodeGlossary } from "./memory.js";
import { settingsGlossary } from "./settings.js";
import { taskTableGlossary } from "./task-table.js";
import { totalsGlossary } from "./totals.js";
import { triggerGlossary } from "./trigger.js";
import { zoneGlossary } from "./zone.js";

/** Every word that a report prints, by the place where it is printed, in the order of a report. */
export const glossary: readonly GlossarySection[] = [
  triggerGlossary,
  allocationGlossary,
  memcgGlossary,
  memoryStatGlossary,
  countersGlossary,
  nodeGlossary,
  zoneGlossary,
  totalsGlossary,
  taskTableGlossary,
  killGlossary,
  afterKillGlossary,
  settingsGlossary,
];
