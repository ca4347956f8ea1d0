import type { OomReport } from "../../model/report.js";
import { toNumber } from "../../model/units.js";
import { boundTasks, nameTheCode } from "../advice/commands.js";
import { has } from "../advice/facilities.js";
import type { Context } from "../context.js";
import { amount, inPages, percent, type Quantity } from "../quantity.js";
import { rule } from "../rule.js";
import { share } from "../text.js";
import { thresholds } from "../thresholds.js";

const bounds = thresholds["slab-unreclaimable-leak"];

interface KnownCache {
  readonly pattern: RegExp;
  readonly means: string;
  readonly fix: string | ((context: Context) => string);
}

/** What the largest cache being large usually means, and what bounds it. */
const knownCaches: readonly KnownCache[] = [
  {
    pattern: /^skbuff_|^skb_/,
    means: "network packets that wait or leak: sockets or a driver",
    fix: "Bound socket buffers with net.ipv4.tcp_mem, net.core.rmem_max and wmem_max; update the network driver.",
  },
  {
    pattern: /^kmalloc-(?:rnd-\d+-)?(?:2k|4k|2048|4096)$/,
    means: "buffers of that size, often a network driver's",
    fix: "Update or reload the network driver; smaller rings: `ethtool -g DEV`.",
  },
  {
    pattern: /^ebitmap_node$/,
    means: "SELinux policy",
    fix: "Reload fewer policy modules, or update the kernel: policies leaked on reload.",
  },
  {
    pattern: /^kmemleak_object$/,
    means: "the leak detector of a debug kernel",
    fix: "Boot with `kmemleak=off`, or a kernel without CONFIG_DEBUG_KMEMLEAK: the detector takes an object for each allocation.",
  },
  { pattern: /^btrfs_/, means: "btrfs", fix: "Update the kernel; fewer snapshots and open files." },
  {
    pattern: /^nf_conntrack/,
    means: "connection tracking",
    fix: "Lower net.netfilter.nf_conntrack_max and the timeouts beside it.",
  },
  {
    pattern: /^(?:task_struct|signal_cache|sighand_cache|cred_jar|pid)$/,
    means: "threads",
    fix: boundTasks,
  },
  { pattern: /^(?:filp|inode_cache|dentry)$/, means: "open files", fix: "Find who keeps them open: `lsof +L1`." },
  {
    pattern: /^(?:xfs|ext4|nfs)_/,
    means: "a file system's objects",
    fix: "Find who keeps its files open: `lsof +L1`; update the kernel.",
  },
  {
    pattern: /^(?:zio_|arc_|abd_|dnode_t)/,
    means: "ZFS",
    fix: "Bound the ARC: zfs_arc_max in /sys/module/zfs/parameters.",
  },
];

const anyFix =
  "Update or reload the module behind it; where it is network buffers, bound them with net.ipv4.tcp_mem. A reboot helps until it has grown again.";

function knownCache(cache: { readonly name: string } | null): KnownCache | null {
  return cache === null ? null : (knownCaches.find(({ pattern }) => pattern.test(cache.name)) ?? null);
}

/** Unreclaimable kernel objects. */
export const slabUnreclaimableLeak = rule({
  id: "slab-unreclaimable-leak",
  layer: "consumer",
  group: "consumer",
  basis: "inference",
  needs: ["machine"],
  meaning: "Objects of the kernel hold the memory. No kill of a process gives it back unless the process owns them.",
  evaluate({ machine }, context) {
    const slab = machine.sheet.terms.get("slabUnreclaimable");
    if (slab === undefined) return null;
    const part = machine.share(slab);
    if (part.value < bounds.share.value) return null;
    const cache = largestCache(context.report);
    const cachePages = cache === null ? null : inPages(cache.total, context.pageSizeBytes);
    const cachePart = cachePages === null ? null : percent("part of the largest cache", cachePages, slab);
    const named = cachePart !== null && cachePart.value >= bounds.cache.value;
    const isUnnamed = cachePart !== null && cachePart.value < bounds.unnamed.value;
    const ram = machine.sheet.total;
    const ramMib = (ram.value * context.pageSizeBytes) / 1024 / 1024;
    return {
      title: `Unreclaimable kernel objects hold ${context.text.size(slab)}, ${share(part)} of RAM${
        cache === null
          ? ""
          : isUnnamed
            ? ", most of it in no named cache"
            : `; the largest cache is ${cache.name} with ${context.text.size(cache.total)}`
      }`,
      confidence: part.value >= bounds.certain.value || named ? "high" : "medium",
      meaning: meaningOf(cache, isUnnamed),
      evidence: [part, ...(cachePart === null ? [] : [cachePart]), ...(cache === null ? [] : [cache.total])],
      contradicts:
        ramMib < bounds.smallest.value
          ? [`The machine has ${context.text.size(ram)} only: what the kernel needs to boot is a large share.`]
          : [],
      advice: [
        "See the caches now: `slabtop -o -sc | head -20`; sockets: `ss -tmp`; open files: `cat /proc/sys/fs/file-nr`.",
        ...(isUnnamed ? nameTheCode(context) : [traceAllocations(cache?.name ?? null, context)]),
        fixOf(cache, context),
      ],
      pages: slab.value,
    };
  },
});

function fixOf(cache: { readonly name: string } | null, context: Context): string {
  const fix = knownCache(cache)?.fix ?? anyFix;
  return typeof fix === "string" ? fix : fix(context);
}

/** Who allocates from a cache: SLUB, which is not every old kernel's allocator, records it when told to at boot. */
function traceAllocations(cache: string | null, context: Context): string {
  const directory = cache ?? "CACHE";
  const [where, only] = has("allocTraces", context)
    ? [`/sys/kernel/debug/slab/${directory}/alloc_traces`, ""]
    : [`/sys/kernel/slab/${directory}/alloc_calls`, ", if the kernel uses SLUB (it has /sys/kernel/slab)"];
  const watch = cache === null ? "Watch which cache grows; to see who allocates from it" : "To see who allocates";
  return `${watch} boot with \`slub_debug=U${cache === null ? "" : `,${cache}`}\` and read \`${where}\`${only}.`;
}

function meaningOf(cache: { readonly name: string } | null, isUnnamed: boolean): string {
  if (cache === null)
    return "The log names no cache: kernels print the list since v4.15, when unreclaimable slab exceeds all anonymous memory and page cache.";
  const known = knownCache(cache)?.means;
  const means = known === undefined ? "" : `${cache.name} stands for ${known}. `;
  const kmallocs = `The caches explain little of it (the largest is ${cache.name}): the rest are large kmallocs, such as socket buffers and the rings of drivers, which belong to no cache. `;
  return `${isUnnamed ? kmallocs : ""}${means}`.trim();
}

function largestCache({ slab }: OomReport): { readonly name: string; readonly total: Quantity } | null {
  let largest: NonNullable<OomReport["slab"]>["rows"][number] | null = null;
  for (const row of slab?.rows ?? []) {
    if (largest === null || toNumber(row.totalKb) > toNumber(largest.totalKb)) largest = row;
  }
  if (largest === null) return null;
  const { name, totalKb, line } = largest;
  return { name, total: { name: `Total of ${name}`, ...amount(totalKb), unit: "kB", lines: [line] } };
}

/** Whether the slab table names a cache that the pattern fits, with its line. */
export function cacheLike(
  { report }: Context,
  pattern: RegExp,
): { readonly name: string; readonly line: number } | null {
  return report.slab?.rows.find(({ name }) => pattern.test(name)) ?? null;
}
