import { difference, percent } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["hugepages-reserved"];

/** Memory reserved as huge pages. */
export const hugepagesReserved = rule({
  id: "hugepages-reserved",
  layer: "consumer",
  group: "consumer",
  basis: "fact",
  needs: ["machine"],
  meaning:
    "Reserved huge pages can be used for nothing else, even while they are idle, and count for no process's rss.",
  evaluate({ machine }, context) {
    const pages = machine.sheet.terms.get("hugePages");
    const free = machine.sheet.within.get("hugePagesFree");
    // More than the machine has: the text was edited.
    if (pages === undefined || free === undefined || !machine.sheet.consistent) return null;
    const part = machine.share(pages);
    if (part.value < bounds.share.value) return null;
    const idle = percent("idle part", free, pages);
    const tooLarge = idle.value >= bounds.idle.value;
    const used = difference("huge pages in use", pages, free);
    return {
      title: tooLarge
        ? `${context.text.size(pages)}, ${share(part)} of RAM, are reserved as huge pages, and ${context.text.size(free)} of them lie idle`
        : `${context.text.size(pages)}, ${share(part)} of RAM, are reserved as huge pages and in use`,
      confidence: tooLarge ? "high" : "medium",
      evidence: [part, idle, free],
      advice: [
        "Look at the pool: `grep -i huge /proc/meminfo; grep . /sys/devices/system/node/node*/hugepages/*/*`.",
        tooLarge
          ? {
              text: `Reserve only what is used (${context.text.size(used)} here): lower vm.nr_hugepages; that gives back ${context.text.size(free)}.`,
              by: [used],
            }
          : "Count the pool as its application's memory when you size the machine.",
      ],
      pages: pages.value,
    };
  },
});
