import { lookAtProcesses } from "../advice/commands.js";
import { percent, quotient } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["shared-memory-database"];

/** A large shared segment that several processes map. */
export const sharedMemoryDatabase = rule({
  id: "shared-memory-database",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine", "tasks"],
  meaning:
    "A shared segment (a database's buffers) exists once, but every process that touched it counts it in its rss: the rows add up to more than there is.",
  evaluate({ machine, tasks }, context) {
    const { coverage } = tasks;
    const shmem = machine.sheet.within.get("shmem");
    const mapped = machine.sheet.within.get("mapped");
    if (coverage === null || shmem === undefined || mapped === undefined) return null;
    const part = machine.share(shmem);
    const mappedPart = percent("mapped against shmem", mapped, shmem);
    if (coverage.value <= bounds.coverage.value || part.value < bounds.share.value) return null;
    if (mappedPart.value < bounds.mapped.value) return null;
    const { rssShmem } = tasks;
    const times = rssShmem === null ? null : quotient("times counted", rssShmem, shmem, "");
    if (times !== null && times.value < bounds.shmemRows.value) return null;
    return {
      title: `A shared memory segment of up to ${context.text.size(shmem)}, ${share(part)} of RAM, is counted in several processes`,
      confidence: "medium",
      evidence: [coverage, part, mappedPart, ...(times === null ? [] : [times])],
      advice: [
        "Look at the segment: `ipcs -m`; in PostgreSQL `SHOW shared_buffers`.",
        "Make it smaller (shared_buffers, SGA: 25 to 40 % of RAM), put it into huge pages, or allow fewer connections.",
        `Do not add up the rss column; Pss counts each shared page once. ${lookAtProcesses(context)}`,
      ],
      pages: shmem.value,
    };
  },
});
