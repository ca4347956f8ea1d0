/** An amount of memory with the lines that it was read from. */
export interface Amount {
  readonly name: string;
  /** Fractions come from amounts that the kernel prints in kB; negative only for a residue. */
  readonly pages: number;
  readonly lines: readonly number[];
  /** How it was computed; absent for a counter as printed. */
  readonly formula?: string;
}

/** A place where pages are. No two terms of a balance hold the same page. */
export interface BalanceTerm extends Amount {
  readonly id: string;
  readonly title: string;
}

/** An amount that lies inside terms of the balance: of which. */
export interface WithinTerm extends Amount {
  readonly id: string;
  readonly title: string;
  /** Ids of the terms that it may lie in. */
  readonly inside: readonly string[];
}

/** Where every page was: the terms and the residue add up to the total. */
export interface Balance {
  /**
   * Of what: the machine (`RAM − reserved`), a node or a zone (`managed`, else `present`). Where the log lacks that, the
   * sum of the terms.
   */
  readonly total: Amount;
  readonly terms: readonly BalanceTerm[];
  readonly within: readonly WithinTerm[];
  /** What no counter shows: kernel code that took pages directly, and what this kernel does not print. */
  readonly residue: Amount;
  /** What is in the residue because this kernel does not print it, a phrase each. */
  readonly notPrinted: readonly string[];
  /** False when counters that every kernel prints are missing here: the residue then means nothing. */
  readonly complete: boolean;
  /** False when the terms exceed the total by more than rounding and races explain: the text was edited or cut. */
  readonly consistent: boolean;
}

/** The balance of a node, with its zones. */
export interface NodeBalance extends Balance {
  /** Null on kernels without NUMA. */
  readonly node: number | null;
}

/** The balance of a zone. */
export interface ZoneBalance extends Balance {
  readonly node: number | null;
  readonly zone: string;
}

/** A zone against its watermarks. In kB, as the kernel prints them. */
export interface ZoneWatermarks {
  readonly node: number | null;
  readonly zone: string;
  /** The request may use it: by its gfp_mask, its nodemask, its cpuset. */
  readonly eligible: boolean;
  readonly freeKb: number;
  readonly minKb: number;
  readonly lowKb: number;
  readonly highKb: number;
  /** Raised by fragmentation (since v5.17); inside the marks. */
  readonly boostKb: number;
  /** `lowmem_reserve` against this request; null where its line is missing. */
  readonly reserveKb: number | null;
  /** Free CMA pages, which only movable requests may use. */
  readonly freeCmaKb: number;
  /** Free pages kept for atomic requests. */
  readonly highatomicKb: number;
  /** What of the free memory the request may use: free less CMA (unless movable) and highatomic. */
  readonly usableKb: number;
  /** The highest mark that an order-0 request passes, its reserve counted; null where an unknown reserve decides. */
  readonly passes: "none" | "min" | "low" | "high" | null;
  /** Free blocks of the request's order or larger that it may use, at most; null without a buddy list. */
  readonly usableBlocks: number | null;
  readonly lines: readonly number[];
}

/** The buddy list of a zone against a request of several pages. */
export interface ZoneFreeBlocks {
  readonly node: number | null;
  readonly zone: string;
  /** The request may use the zone. */
  readonly eligible: boolean;
  /** Sizes of the request's order or larger of which there are free blocks. */
  readonly sizes: readonly FreeBlockSize[];
  readonly lines: readonly number[];
}

/** `4*16kB (UM)` of a buddy list. */
export interface FreeBlockSize {
  readonly blockKb: number;
  readonly blocks: number;
  /**
   * Migrate types whose lists have such blocks: U unmovable, M movable, E reclaimable, R reserve (up to v4.3), H kept
   * for atomic requests, C of CMA, I isolated. Empty where the kernel prints none (before v3.8).
   */
  readonly types: string;
  /** Whether the request may take them; some: how many are on which list is not printed; null without types. */
  readonly usable: "all" | "some" | "none" | null;
}

/** Usage of a memory cgroup against its limit. */
export interface MemcgBalance {
  /** Path of the cgroup whose limit was hit, or null. */
  readonly path: string | null;
  /** Whether the victim's cgroup is that one or one below. */
  readonly level: "own" | "ancestor" | "unknown";
  /** Which limit was hit. */
  readonly limitName: "memory" | "memory+swap" | "kmem" | "swap";
  /** Null when it is unlimited. */
  readonly limit: Amount | null;
  /** What is counted against that limit: memory, or memory and swap. */
  readonly limitUsage: Amount;
  /** Memory that is charged. */
  readonly usage: Amount;
  readonly swapUsed: Amount | null;
  /** What the usage is made of. */
  readonly terms: readonly (Amount & { readonly id: string })[];
  /** Of which. */
  readonly within: readonly (Amount & { readonly id: string })[];
  /** Usage that the statistics do not show; null where they are missing or cut. */
  readonly residue: Amount | null;
  /** False where the parts exceed the usage by more than 3 %: the text was edited, or counters were read apart. */
  readonly consistent: boolean;
  /** Usage less what the statistics tell, where they lack kernel memory: that, and what else they do not show. */
  readonly untold: Amount | null;
  /** Which hierarchy the cgroup is of; null where the log does not tell. */
  readonly hierarchy: "v1" | "v2" | null;
}

/** The task table, added up. */
export interface TaskTotals {
  readonly rowCount: number;
  /** Sums over all rows, each as printed: pages that several processes map are counted in each. */
  readonly rss: Amount;
  readonly swap: Amount | null;
  /**
   * rss of the rows in percent of the memory that can be in an rss. Around 100; above 125 memory is counted several
   * times; below 70 it belongs to no row. Null where the counters are missing.
   */
  readonly coveragePercent: number | null;
  /** The largest names, at most ten. */
  readonly names: readonly { readonly name: string; readonly processes: number; readonly pages: number }[];
}

/** Where the memory was, by all accounts that the report allows. */
export interface Accounting {
  /** What pages are converted with: as the log tells it, or assumed (a note then says so). */
  readonly pageSizeBytes: number;
  /** Of the machine; null for a report of a memory cgroup's limit, or without counters. */
  readonly balance: Balance | null;
  readonly nodes: readonly NodeBalance[];
  readonly zones: readonly ZoneBalance[];
  /** Why the allocation failed; empty for a report of a memory cgroup's limit. */
  readonly watermarks: readonly ZoneWatermarks[];
  /** Free blocks large enough, by zone, for a request of several pages; empty for others. */
  readonly freeBlocks: readonly ZoneFreeBlocks[];
  readonly memcg: MemcgBalance | null;
  readonly tasks: TaskTotals | null;
}
