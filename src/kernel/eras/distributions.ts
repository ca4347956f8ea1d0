import type { EraRow } from "./row.js";

/** A distribution that changes the rules of its base version from build to build. */
export interface Distribution {
  /** As in its release strings: `el7`. */
  readonly id: string;
  /** The mainline version that it is built on. */
  readonly base: string;
  /** Rows by build, oldest first; `from` is `VERSION-BUILD`. A build takes the newest row that is not above it. */
  readonly rows: readonly DistributionRow[];
}

export interface DistributionRow extends EraRow {
  /** The mainline version whose functions the build has. */
  readonly code: string;
}

/** The distributions whose kernels were read. Others follow the stable release of their number, as far as is known. */
export const distributions: readonly Distribution[] = [
  {
    id: "el5",
    base: "2.6.18",
    rows: [
      {
        from: "2.6.18-8",
        code: "2.6.20",
        rules: "L1",
        change:
          "Since Linux v2.6.18-8.el5 (commit unconfirmed), the tests of v2.6.20 for exiting tasks, swapoff and nodes; no line names the chosen task.",
        traits: {
          mmLessTask: "skipped",
          exitingTask: "aborts-but-current",
          dyingChosen: "killed-silently",
          oomOrigin: "max-points",
          legacyDisjointMems: "eighth",
          legacyKillTest: "sharers-oom-adj",
          triggerLine: "oomkilladj",
          killLine: "none",
          scorePrinted: "not-printed",
        },
      },
      {
        from: "2.6.18-194",
        code: "2.6.20",
        change: "Since Linux v2.6.18-194.el5 (commit unconfirmed), the kill line tells the uid.",
        traits: { killedLine: "uid-before-name" },
      },
    ],
  },
  {
    id: "el6",
    base: "2.6.32",
    rows: [
      {
        from: "2.6.32-71",
        code: "2.6.32",
        rules: "L4",
        change: "Since Linux v2.6.32-71.el6 (commit unconfirmed), the kill line of v2.6.33.",
        traits: { killedLine: "vsz" },
      },
      {
        from: "2.6.32-220",
        code: "3.0",
        rules: "R2",
        change:
          "Since Linux v2.6.32-220.el6 (commit unconfirmed), the rules of v2.6.39 with long points, and the memcg total of v3.7.",
        traits: {
          pointsRule: "permille",
          permilleArithmetic: "long",
          pageTablesInPoints: "nr_ptes",
          rootBonus: "minus-30",
          pointsClamp: "1-to-1000",
          childPointsType: "uint32",
          legacyCpuTime: "not-used",
          legacyDisjointMems: "not-used",
          legacyZeroPoints: "not-used",
          legacyKillTest: "not-used",
          legacyChildMemcg: "not-used",
          minAdjTest: "shared-mm",
          domainTest: "points-and-scan",
          nodeTest: "always",
          globalScan: "threads",
          mmLessTask: "skipped",
          exitingTask: "aborts-but-current",
          oomOrigin: "1000-points",
          dyingCurrent: "fatal-signal",
          dyingChosen: "marked-after-dump",
          panicOnMemcgOom: "yes",
          nothingEligibleInMemcg: "nothing",
          constraintKillsInvoker: "none",
          allocatingTask: "shared-mm",
          childSacrifice: "largest",
          childSharingMm: "own-mm",
          mmSharers: "before-victim",
          nodeTotal: "spanned",
          memcgTotal: "swappiness",
          taskTable: "oom_adj+oom_score_adj",
          tableRows: "domain",
          triggerLine: "oom_adj+oom_score_adj",
          shownZones: "allowed-nodes",
          gfpFlags: "2.6.39",
          killLine: "or-sacrifice-child",
          scorePrinted: "int32",
          killedLine: "uid-before-total-vm",
          rssCounters: "thread-cached",
        },
      },
    ],
  },
  {
    id: "el7",
    base: "3.10",
    rows: [
      {
        from: "3.10.0-123",
        code: "3.10",
        rules: "R4",
        change:
          "Since Linux v3.10.0-123.el7 (commit unconfirmed), the root bonus of v3.14, the page totals of v3.18 and a counter of shmem pages.",
        traits: { rootBonus: "3-percent", reservedPages: "present-managed", killedLine: "shmem-rss" },
      },
      {
        from: "3.10.0-1062",
        code: "3.10",
        change: "Since Linux v3.10.0-1062.el7 (commit unconfirmed), the kill line tells the uid.",
        traits: { killedLine: "uid-after-name" },
      },
      {
        from: "3.10.0-1160",
        code: "3.10",
        change:
          "Since Linux v3.10.0-1160.el7 (commit unconfirmed), processes that share the victim's address space die as in v4.4.",
        traits: {
          childSharingMm: "any-thread",
          mmSharers: "after-victim",
          mmSharersSpared: "oom-score-adj-min-and-init",
        },
      },
    ],
  },
  {
    id: "el8",
    base: "4.18",
    rows: [
      {
        from: "4.18.0-80",
        code: "4.18",
        rules: "R10",
        change: "Since Linux v4.18.0-80.el8 (commit unconfirmed), the rules of v4.18.",
        traits: {},
      },
      {
        from: "4.18.0-147",
        code: "4.19",
        change:
          "Since Linux v4.18.0-147.el8 (commit unconfirmed), no child dies in its parent's place (v5.1), `memory.oom.group` and the warning of v4.19.",
        traits: {
          childSacrifice: "none",
          childPointsType: "not-used",
          killLine: "none",
          scorePrinted: "not-printed",
          killedLineMessage: "yes",
          oomGroup: "memory.oom.group",
          nothingEligible: "warning-then-panic",
          nothingEligibleInMemcg: "warning",
        },
      },
      {
        from: "4.18.0-193",
        code: "4.19",
        change: "Since Linux v4.18.0-193.el8 (commit unconfirmed), the kill line tells the uid.",
        traits: { killedLine: "uid" },
      },
      {
        from: "4.18.0-240",
        code: "5.3",
        change:
          "Since Linux v4.18.0-240.el8 (commit unconfirmed), the walk, the tie rule and the memcg report of v5.3, and an `oom-kill:` line.",
        traits: {
          memcgScan: "cgroup-leaders",
          globalTie: "last",
          memcgTie: "last",
          memcgTableOrder: "scan",
          constraintPrinted: "right",
          triggerLine: "flags",
          nodemaskPrinted: "not-printed",
        },
      },
      {
        from: "4.18.0-305",
        code: "5.8",
        rules: "R12",
        change:
          "Since Linux v4.18.0-305.el8 (commit unconfirmed), the domain test of v5.3, the node total and the kill line of v5.5.",
        traits: {
          domainTest: "scan",
          nodeTest: "not-memcg",
          nodeTotal: "present",
          tableHeading: "wide",
          killedLine: "oom_score_adj",
          killLinePgtables: "kB",
        },
      },
      {
        from: "4.18.0-348",
        code: "5.9",
        rules: "R13",
        change: "Since Linux v4.18.0-348.el8 (commit unconfirmed), the signed points and the node lines of v5.9.",
        traits: { pointsClamp: "signed", nodeLine: "kernel_stack" },
      },
      {
        from: "4.18.0-425",
        code: "5.18",
        change: "Since Linux v4.18.0-425.el8 (commit unconfirmed), the reaper of v5.18 and the page fault of v5.16.",
        traits: { oomReaper: "delayed", pageFaultOom: "retried" },
      },
    ],
  },
  {
    id: "el9",
    base: "5.14",
    rows: [
      {
        from: "5.14.0-70",
        code: "5.14",
        rules: "R13",
        change: "Since Linux v5.14.0-70.el9 (commit unconfirmed), the rules of v5.14.",
        traits: {},
      },
      {
        from: "5.14.0-162",
        code: "5.18",
        change: "Since Linux v5.14.0-162.el9 (commit unconfirmed), the reaper of v5.18 and the page fault of v5.16.",
        traits: { oomReaper: "delayed", pageFaultOom: "retried" },
      },
      {
        from: "5.14.0-284",
        code: "5.19",
        change: "Since Linux v5.14.0-284.el9 (commit unconfirmed), the bits of `gfp_mask` are those of table 5.19.",
        traits: { gfpFlags: "5.19" },
      },
      {
        from: "5.14.0-503",
        code: "6.4",
        change: "Since Linux v5.14.0-503.el9 (commit unconfirmed), the bits of `gfp_mask` are those of table 6.4.",
        traits: { gfpFlags: "6.4" },
      },
    ],
  },
  {
    id: "el10",
    base: "6.12",
    rows: [
      {
        from: "6.12.0-55",
        code: "6.12",
        rules: "R13",
        change: "Since Linux v6.12.0-55.el10 (commit unconfirmed), the rules of v6.12.",
        traits: {},
      },
    ],
  },
];
