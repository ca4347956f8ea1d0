import { Lacking } from "../facts.js";
import { percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share, who } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["mlocked-unevictable"];

/** Memory that reclaim may not touch. */
export const mlockedUnevictable = rule({
  id: "mlocked-unevictable",
  layer: "reclaim",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  meaning: "Unevictable pages can be neither swapped out nor dropped: locked by mlock, or files of a ramfs.",
  evaluate({ machine }, context) {
    const unevictable = machine.sheet.terms.get("unevictable");
    if (unevictable === undefined) return null;
    const part = machine.share(unevictable);
    if (part.value < bounds.share.value) return null;
    const mlocked = machine.sheet.within.get("mlocked");
    const locked = mlocked === undefined ? null : percent("mlocked part", mlocked, unevictable);
    const byMlock = locked !== null && locked.value >= bounds.mlocked.value;
    const tasks = context.fact("tasks");
    const holders = !byMlock || tasks instanceof Lacking ? [] : tasks.processes.slice(0, 3);
    return {
      title: byMlock
        ? `${context.text.size(unevictable)}, ${share(part)} of RAM, are locked in memory (mlock)`
        : `${context.text.size(unevictable)}, ${share(part)} of RAM, can not be reclaimed`,
      confidence: byMlock ? "high" : "medium",
      meaning: byMlock
        ? `The report does not say whose they are; the largest processes are ${holders.map(({ row }) => who(row)).join(", ")}.`
        : "Little or none of it is mlocked: files of a ramfs or an initramfs, SHM_LOCK, or a driver's buffers.",
      evidence: [part, ...(locked === null ? [] : [locked]), ...holders.map(({ rss }) => rss)],
      advice: [
        "See who locks: `grep -E 'Unevict|Mlocked' /proc/meminfo; grep VmLck /proc/*/status | sort -k2 -n | tail`.",
        byMlock
          ? "Bound it: `LimitMEMLOCK=` of the unit, or switch the program's memory locking off."
          : "Find files of a ramfs: `df -a -t ramfs -t rootfs; mount | grep ramfs`; put them on tmpfs or disk.",
      ],
      pages: unevictable.value,
    };
  },
});
