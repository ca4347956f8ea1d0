import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/diagnose/index.js";
import { detectKernel } from "../../src/kernel/detect.js";
import type { Analysis } from "../../src/model/analysis.js";
import type { Finding } from "../../src/model/finding.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "../replay/analyse-text.js";

const folder = fileURLToPath(new URL("../../../shared/corpus/logs/", import.meta.url));
const files = readdirSync(folder);
const read = new Map<string, readonly Analysis[]>();

/** A report of a public log: its number, and the report counted from 1. */
function report(number: string, at = 1): Analysis {
  const file = files.find((name) => name.startsWith(`${number}-`)) ?? "";
  const analyses = read.get(number) ?? analyseText(file, decodeBytes(readFileSync(folder + file)).split("\n"));
  read.set(number, analyses);
  const analysis = analyses[at - 1];
  if (analysis === undefined) throw new Error(`${number} has no report ${at}`);
  return analysis;
}

function finding(id: string, number: string, at = 1): Finding | undefined {
  return report(number, at).findings.find((one) => one.id === id);
}

function ids(number: string, at = 1): string[] {
  return report(number, at).findings.map(({ id }) => id);
}

function adviceOf(id: string, number: string, at = 1): string {
  return finding(id, number, at)?.advice.join(" ") ?? "";
}

it("proposes no limit above what the process had when the machine was full (it did: 34 GiB on 15 GiB of RAM)", () => {
  // rss 2,301,904 pages less a tenth of RAM; and its swapents.
  expect(adviceOf("single-anon-hog", "002")).toContain("MemoryMax=7448M");
  expect(adviceOf("single-anon-hog", "002")).toContain("MemorySwapMax=20412M");
  expect(adviceOf("single-anon-hog", "043")).toContain("memory.limit_in_bytes = 5854M");
  expect(adviceOf("single-anon-hog", "126")).toContain("MemoryMax=275M");
});

it("tells the share of a victim by its score, where the log has no counters (it said nothing)", () => {
  // Scores 951 and 701 less no adjustment; 1041 less 179.
  expect(finding("single-anon-hog", "139")?.title).toBe(
    "mongod (pid 194515) held 15.0 GiB, 95 % of the memory and swap that it was allowed by its score",
  );
  expect(finding("single-anon-hog", "139")?.confidence).toBe("medium");
  expect(finding("single-anon-hog", "140")?.title).toContain(
    "70 % of the memory and swap that it was allowed by its score",
  );
  expect(finding("single-anon-hog", "175")?.title).toContain(
    "86 % of the memory and swap that it was allowed by its score",
  );
});

it("takes a victim for large by its choice alone only where it is, and is never sure", () => {
  expect(finding("single-anon-hog", "141")).toMatchObject({
    title: "find-bytes (pid 109921) held 20.7 GiB, the most of all whom no oom_score_adj protects",
    confidence: "low",
  });
  expect(ids("066")).toEqual([]);
});

it("puts a process before a group that is smaller than it (ten sleeps stood above the one that filled the limit)", () => {
  const order = ids("060");
  expect(order.indexOf("single-anon-hog")).toBeLessThan(order.indexOf("same-name-group"));
});

it("takes a fifth of RAM for zswap's pool where the kernel has it on by default, and for a driver's with doubt", () => {
  for (const number of ["002", "035"]) {
    expect(finding("compressed-swap-pool", number)?.confidence).toBe("medium");
    expect(finding("unaccounted-kernel-pages", number)).toMatchObject({
      confidence: "low",
      contradicts: ["Swap is full: a pool of compressed swap in RAM looks the same (compressed-swap-pool)."],
    });
  }
});

it("names the process that filled a limit by its score, where no table was printed", () => {
  expect(finding("single-anon-hog", "053")?.title).toBe(
    "leaker (pid 2746) held 507 MiB, 99 % of the cgroup's limit and swap by its score",
  );
});

it("says what of a full swap belongs to no process", () => {
  // 8.00 GiB used, 6.76 GiB in swapents.
  expect(finding("swap-full", "001")?.meaning).toContain("1.24 GiB of what is in it belong to no row of the table");
  expect(finding("swap-full", "021")?.meaning).not.toContain("belong to no row");
});

it("names the page tables of a victim that had nothing else, without counters (it found no cause)", () => {
  expect(report("081").findings[0]).toMatchObject({
    id: "page-tables-hog",
    title: "virtual_address (pid 57) has 1,015 MiB of page tables, with 2.71 MiB resident",
    confidence: "medium",
  });
});

it("takes workers of a pool for no program that is started again (it looked for apache2 in crontab)", () => {
  expect(ids("109", 3)).not.toContain("restart-loop");
  expect(ids("006", 4)).toContain("restart-loop");
});

it("says at most only of what the table tells (it has no swap up to 3.5)", () => {
  expect(finding("collateral-victim", "013")).toMatchObject({
    title: "Killing mysqld (pid 40738) gave back 12.8 MiB of resident memory, 0.0 % of RAM and used swap",
    confidence: "medium",
    contradicts: ["The table does not tell swap: a part of the 2.00 GiB in use may have been its own."],
  });
});

it("says how far an oom_score_adj has to be lowered", () => {
  expect(adviceOf("adj-dominated", "035")).toContain("lower its oom_score_adj to 299 or below");
});

it("undoes a group kill where it was set, not in Kubernetes for a cgroup of its own", () => {
  expect(adviceOf("oom-group", "068")).toBe(
    "To have one process die instead: `echo 0 > /sys/fs/cgroup/build-kernel-tmpfs/memory.oom.group`.",
  );
});

it("proposes no limit where memory was free elsewhere, or nobody was short of it", () => {
  for (const number of ["027", "087"]) {
    expect(finding("single-anon-hog", number)).toBeDefined();
    expect(adviceOf("single-anon-hog", number)).not.toContain("MemoryMax");
  }
});

it("says how many workers leave room, of each size that it knows (it left that out where all of them fitted)", () => {
  expect(adviceOf("same-name-group", "006")).toContain("Run at most 7 at 42.2 MiB each");
  expect(adviceOf("same-name-group", "006")).toContain("MaxRequestWorkers");
  expect(adviceOf("same-name-group", "068")).toContain("make -j");
});

it("computes no number of workers from a table alone, whose sum it took for the machine", () => {
  expect(finding("same-name-group", "071")?.title).toBe(
    "30 processes named dd hold 460 MiB together, 100 % of what the rows hold",
  );
  expect(adviceOf("same-name-group", "071")).not.toContain("Run at most");
});

it("gives a group one size, where the rows count shared memory several times", () => {
  // Their rss is 1,012 MiB, their rss_anon 528 MiB.
  expect(finding("memcg-limit-own", "068")?.title).toContain("40 processes named cc1 with at most 528 MiB");
  expect(finding("same-name-group", "068")?.title).toContain("hold at most 528 MiB together");
});

it("counts swap in the sum of all processes where it counts it in each (their parts exceeded the whole)", () => {
  expect(finding("many-tasks-sum", "035")?.title).toBe("No process dominates: 237 processes hold 11.8 GiB together");
});

it("does not say that no process dominates beside one that does", () => {
  expect(ids("037")).toEqual(["single-anon-hog", "swap-full"]);
});

it("believes no huge pages of 264 times the machine's memory", () => {
  expect(ids("037")).not.toContain("hugepages-reserved");
});

it("shows no share above all there is (it did: 3397824 % of a limit without swap accounting)", () => {
  expect(finding("single-anon-hog", "039")?.title).toBe("memorymonster (pid 13536) holds 31.8 GiB");
  expect(finding("single-anon-hog", "099")?.title).toBe("memcg_process (pid 19289) holds 1.52 MiB");
});

it("does not blame sharing between rows for a single row", () => {
  expect(finding("single-anon-hog", "099")?.contradicts.join(" ")).toContain("another cgroup was charged for");
});

it("names the file of the hierarchy that the log is of", () => {
  expect(adviceOf("memcg-limit-own", "171")).toContain("memory.limit_in_bytes of /mem = 125M");
  expect(adviceOf("memcg-dirty-writeback", "051")).not.toContain("memory.high");
  expect(adviceOf("memcg-limit-ancestor", "002", 2)).toContain("`pct set 39004 --memory 38100`");
});

it("proposes no quarter more of a limit that nothing fits into", () => {
  for (const number of ["039", "049", "099", "105"]) {
    expect(adviceOf("memcg-limit-own", number)).not.toContain("raise the limit");
    expect(adviceOf("memcg-limit-too-small", number)).toContain("32 MiB");
  }
});

it("calls no process the largest consumer that holds next to nothing of what fills the limit", () => {
  expect(finding("memcg-limit-own", "051")?.title).toContain("1,023 MiB of it are file cache or tmpfs");
  expect(finding("memcg-limit-own", "064")?.title).toContain("512 MiB of it are kernel memory");
});

it("shows the swap by which one process is larger than another", () => {
  const sizes = finding("adj-dominated", "064")?.evidence.filter(({ name }) => name.startsWith("rss and swap of"));
  expect(sizes?.map(({ value }) => value)).toEqual([37, 2900]);
});

it("takes no 17 GiB for compressed swap where 2 GiB are swapped out", () => {
  expect(ids("027")).toContain("unaccounted-kernel-pages");
  expect(ids("027")).not.toContain("compressed-swap-pool");
});

it("advises no swap where memory was free, or hardly any of it anonymous", () => {
  for (const [number, at] of [
    ["002", 4],
    ["020", 1],
    ["058", 1],
    ["080", 1],
  ] as const) {
    expect(ids(number, at)).not.toContain("no-swap");
  }
});

it("calls no kill needless where none was made, or for 64 kB", () => {
  expect(ids("085", 2)).not.toContain("double-kill");
});

it("says how to bound the cache that it names, not network buffers for a leak detector", () => {
  expect(adviceOf("slab-unreclaimable-leak", "097")).toContain("kmemleak=off");
  expect(adviceOf("slab-unreclaimable-leak", "097")).not.toContain("tcp_mem");
});

it("does not take a mail's cut line for an old kernel that prints no stacks", () => {
  expect(report("076").accounting?.balance?.notPrinted).toEqual(["kernel stacks"]);
});

it("does not say that others died for a process that the reaper names, where the kill line is lost", () => {
  expect(ids("136")).not.toContain("protected-consumer");
});

it("leaves the oom_score_adj of a pod to the kubelet", () => {
  const { report: whole, scenario, replay, verdict } = report("136");
  const { findings } = diagnose({
    // As if the log ended before the reaper's line.
    report: { ...whole, reaper: [] },
    pageSizeBytes: 4096,
    traits: scenario?.traits ?? null,
    kernel: detectKernel(whole).versions,
    scenario,
    replay,
    verdict,
    earlier: [],
  });
  const found = findings.find(({ id }) => id === "protected-consumer");
  expect(found?.meaning).toContain("usual for a Guaranteed or node-critical pod");
  expect(found?.advice.join(" ")).not.toContain("choom");
});

it("does not put a tenth in no counter above the processes that hold the rest", () => {
  expect(ids("143").slice(0, 2)).toEqual(["many-tasks-sum", "unaccounted-kernel-pages"]);
});

it("finds no storm of threads on a board of 5 MiB", () => {
  expect(ids("086")).not.toContain("thread-storm-stacks");
});

describe("in the lab", () => {
  const runs = fileURLToPath(new URL("../../../shared/lab/runs/", import.meta.url));
  const first = (name: string): Analysis => {
    const [analysis] = analyseText(name, decodeBytes(readFileSync(`${runs}${name}.dmesg`)).split("\n"));
    if (analysis === undefined) throw new Error(`${name} has no report`);
    return analysis;
  };

  it("names no cache of 2 MiB for 139 MiB of slab, and traces none (they are large kmallocs)", () => {
    const found = first("6.12.107+deb13-cloud-amd64_amd64_g_socks").findings[0];
    expect(found?.title).toBe("Unreclaimable kernel objects hold 139 MiB, 67 % of RAM, most of it in no named cache");
    expect(found?.advice.join(" ")).not.toContain("slub_debug");
    expect(found?.advice.join(" ")).toContain("/proc/allocinfo");
  });

  it("advises no swap or RAM where a cgroup's limit was hit", () => {
    const found = first("5.0.0_amd64_m2_group_nested").findings.find(({ id }) => id === "many-tasks-sum");
    expect(found?.meaning).toContain("more than the limit allows");
    expect(found?.advice[0]).toBe(
      "Move one of them elsewhere, or raise the limit: a2, trigger, a1, b1 are the largest.",
    );
  });

  it("takes a choice within a memory cgroup for one, where nobody was killed (it knew no limit)", () => {
    const found = first("2.6.32.67_amd64_m1_nokill").findings[0];
    expect(found).toMatchObject({ id: "memcg-limit-own", title: "A memory cgroup reached its limit" });
    expect(found?.evidence[0]).toMatchObject({ name: "message", value: "Memory cgroup out of memory" });
  });

  it("reads v2 by the lines of v1 that it printed up to v5.2, all zero (it named memory.limit_in_bytes)", () => {
    for (const run of ["4.9.154_amd64_m2_adj", "5.0.0_amd64_m2_basic"]) {
      const advice = first(run).findings.flatMap((one) => one.advice);
      expect(advice.join(" ")).toContain("/sys/fs/cgroup/A && cat memory.max memory.current memory.stat");
      expect(advice.join(" ")).not.toContain("in_bytes");
    }
  });

  it("does not call a bystander who held the page tables that filled the memory", () => {
    const found = first("6.1.0-50-cloud-amd64_amd64_g_pgtables").findings.map(({ id }) => id);
    expect(found[0]).toBe("page-tables-hog");
    expect(found).not.toContain("collateral-victim");
  });

  it("does not call a bystander whose page tables may have filled the memory (3.2 prints none by process)", () => {
    const found = first("3.2.71_amd64_g_pgtables").findings.map(({ id }) => id);
    expect(found[0]).toBe("page-tables-hog");
    expect(found).not.toContain("collateral-victim");
  });

  it("does not call a bystander who held a third of the memory", () => {
    const found = first("5.10.0-32-cloud-amd64_amd64_g_hugetlb").findings.map(({ id }) => id);
    expect(found[0]).toBe("hugepages-reserved");
    expect(found).not.toContain("collateral-victim");
  });

  it("shows the cpuset as evidence of a cpuset, not that no memory policy was set", () => {
    const found = first("4.19.78_amd64_n_cpuset1").findings.find(({ id }) => id === "cpuset-limit");
    expect(found?.evidence[0]).toMatchObject({ name: "mems_allowed", value: "1" });
  });

  it("does not ask for more memory where some of it was free on another node", () => {
    const found = first("4.19.78_amd64_n_cpuset1").findings.find(({ id }) => id === "many-tasks-sum");
    expect(found?.advice[0]).toBe("Move one of them elsewhere: trigger, inA, free are the largest.");
  });

  it("counts no row twice that shows its parent's memory again (vfork), so that more is held than there is", () => {
    const { findings } = first("7.3.4+deb13-cloud-amd64_amd64_g_vfork");
    expect(findings.find(({ id }) => id === "many-tasks-sum")?.title).toBe(
      "No process dominates: 3 processes hold 204 MiB together",
    );
  });

  it("says how large a tmpfs may be beside the processes", () => {
    const found = first("7.3.4+deb13-cloud-amd64_amd64_m2_tmpfs").findings.find(({ id }) => id === "memcg-tmpfs");
    // 64 MiB less a tenth, less 2,066 pages of anonymous memory.
    expect(found?.advice[0]).toContain("size=50M");
  });
});

it("counts no memory of the allowed node as free elsewhere (it counted all, and called the node full)", () => {
  expect(finding("cpuset-limit", "056")?.title).toContain(
    "allowed node 4 only; 486 GiB, 79 % of memory in the counters, are free elsewhere",
  );
  expect(finding("cpuset-limit", "056")?.meaning).not.toContain("full");
});

it("blames no protection where the kernel passed over processes without any", () => {
  expect(finding("no-killable", "085", 2)?.title).toContain("the kernel passed over 38 processes");
  expect(finding("no-killable", "084", 3)?.title).toContain("the kernel passed over 28 processes");
  for (const [number, at] of [["085", 2] as const, ["084", 3] as const]) {
    expect(adviceOf("no-killable", number, at)).not.toContain("protect");
  }
});

it("does not say that the task which asked had the most points", () => {
  expect(adviceOf("child-sacrificed", "149")).toContain("chosen because it asked (vm.oom_kill_allocating_task)");
  expect(adviceOf("child-sacrificed", "116", 2)).toContain("it had the most points");
});

it("calls no worker modest where a few of them hold it all, and counts none out", () => {
  const group = finding("same-name-group", "002", 2);
  expect(group).toMatchObject({ confidence: "medium" });
  expect(group?.meaning).toContain("5 of them are above their mean and hold 93 % of it");
  expect(adviceOf("same-name-group", "002", 2)).not.toContain("Run at most");
});

it("counts every row of a group (it took equal neighbours for one process: 437 of 458)", () => {
  expect(finding("same-name-group", "013")?.title).toMatch(/^458 processes named php-fpm hold /);
});

it("does not say that no process dominates where no table tells", () => {
  expect(finding("many-tasks-sum", "143")?.meaning).toBe(
    "Processes hold the memory. Which of them, one or many, the log does not tell.",
  );
});
