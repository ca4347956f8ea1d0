import type { GlossarySection } from "../../model/glossary.js";
import { allocationGlossary } from "./allocation.js";
import { memcgGlossary } from "./memcg.js";
import { memoryGlossary } from "./memory.js";
import { reportGlossary } from "./report.js";
import { taskTableGlossary } from "./task-table.js";

/** Every word that a report prints, by the place where it is printed. */
export const glossary: readonly GlossarySection[] = [
  reportGlossary,
  taskTableGlossary,
  memoryGlossary,
  memcgGlossary,
  allocationGlossary,
];
