import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import type { Finding } from "../../src/model/finding.js";
import { decodeBytes } from "../../src/model/text.js";
import { renderText } from "../../src/render/index.js";
import { withProtection } from "../../src/replay/what-if/index.js";
import { analyseText } from "../replay/analyse-text.js";

/** What was wrong once in the diagnosis of a real log. */

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const corpusFiles = readdirSync(`${shared}corpus/logs`);

function analysesOf(path: string, change: (text: string) => string = (text) => text): Analysis[] {
  return analyseText(path, change(decodeBytes(readFileSync(`${shared}${path}`))).split("\n"));
}

/** A report of the public log of a number. */
function corpus(number: string, report = 1, change?: (text: string) => string): Analysis {
  const file = corpusFiles.find((name) => name.startsWith(`${number}-`)) ?? "";
  return one(analysesOf(`corpus/logs/${file}`, change)[report - 1]);
}

function lab(run: string, report = 1, change?: (text: string) => string): Analysis {
  return one(analysesOf(`lab/runs/${run}.dmesg`, change)[report - 1]);
}

function one(analysis: Analysis | undefined): Analysis {
  if (analysis === undefined) throw new Error("no such report");
  return analysis;
}

function finding({ findings }: Analysis, id: string): Finding {
  const found = findings.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

const idsOf = ({ findings }: Analysis): readonly string[] => findings.map(({ id }) => id);
const adviceOf = (analysis: Analysis, id: string): string => finding(analysis, id).advice.join("\n");

describe("the victim's size by its kill line", () => {
  it("is said where its row is cut off the table (160)", () => {
    const { id, title, confidence } = one0(corpus("160"));
    expect({ id, title, confidence }).toEqual({
      id: "single-anon-hog",
      title: "flasherav (pid 2603) held 709 MiB, 71 % of RAM",
      confidence: "high",
    });
  });

  it("makes a cause at half of RAM: nobody can be larger", () => {
    const { id, confidence } = one0(lab("6.1.0-50-686-pae_i386_g_nodump"));
    expect({ id, confidence }).toEqual({ id: "single-anon-hog", confidence: "medium" });
  });
});

function one0({ findings: [first] }: Analysis): Finding {
  if (first === undefined) throw new Error("no finding");
  return first;
}

describe("lowmem_reserve", () => {
  // `lowmem_reserve[]: 0 0 256 256` on a machine with DMA and HighMem: GFP_KERNEL's class is Normal, the second entry.
  it("is none against a kernel request where no zone below the request's has memory (080)", () => {
    const [dma] = corpus("080").accounting?.watermarks ?? [];
    expect(dma).toMatchObject({ zone: "DMA", eligible: true, reserveKb: 0 });
  });

  it("of the next class does not hide room below high memory (069)", () => {
    const changed = (text: string): string =>
      text.replace(/(DMA[^\n]*\n[^\n]*lowmem_reserve\[\]:) [\d ]+/g, "$1 0 0 60000 60000");
    const [dma] = corpus("069", 1, changed).accounting?.watermarks ?? [];
    expect(dma).toMatchObject({ zone: "DMA", reserveKb: 0 });
  });
});

describe("a largest process as protected as the victim", () => {
  it("is not the cause for its protection: the order decided among equals (084)", () => {
    const analysis = corpus("084");
    expect(idsOf(analysis)).not.toContain("protected-consumer");
    expect(finding(analysis, "selection-kernel-defect").title).toBe(
      "21 processes had 1 point each, as oom_score_adj took all others away: their order chose pause (pid 5740); kernels since v5.9 take data_sim (pid 58406), with 15.1 GiB",
    );
  });

  it("is protected where the victim is less so", () => {
    expect(idsOf(lab("5.10.0-32-cloud-arm64_arm64_g_adj_neg"))).toContain("protected-consumer");
  });
});

describe("rows of one address space", () => {
  it.each(["6.12.107+deb13-arm64-16k_arm64_g_vfork", "7.3.4+deb13-cloud-amd64_amd64_g_vfork"])(
    "%s are held against the counters once they are merged",
    (run) => {
      const { accounting } = lab(run);
      expect(Math.round(accounting?.tasks?.coveragePercent ?? 0)).toBeLessThan(115);
    },
  );

  it("do not speak against the hog when merged", () => {
    const found = finding(lab("6.12.107+deb13-arm64-16k_arm64_g_vfork"), "single-anon-hog");
    expect(found.contradicts).toEqual([]);
    expect(found.confidence).toBe("medium");
  });
});

describe("a memory limit that is to be raised", () => {
  it.each(["6.1.0-50-cloud-amd64_amd64_m1_memsw"])("%s goes with memory+swap where that has no room for it", (run) => {
    const analysis = lab(run);
    expect(adviceOf(analysis, one0(analysis).id)).toContain(
      "first memory.memsw.limit_in_bytes of /A = 80M, then memory.limit_in_bytes of /A = 60M",
    );
  });

  it("goes with Docker's --memory-swap where the old one is below it", () => {
    const id = "0123456789ab".repeat(6).slice(0, 64);
    const inDocker = (text: string): string =>
      text
        .replaceAll("=/A,", `=/system.slice/docker-${id}.scope,`)
        .replaceAll("for /A:", `for /system.slice/docker-${id}.scope:`);
    const analysis = lab("7.3.4+deb13-cloud-amd64_amd64_m2_swap0", 1, inDocker);
    expect(adviceOf(analysis, "memcg-limit-own")).toMatch(/docker update --memory 60M --memory-swap 60M 0123456789ab/);
  });
});

describe("the oom_score_adj that spares the victim", () => {
  it("is the same in margin and advice where equal points spare it", () => {
    const analysis = lab("6.1.0-50-powerpc64le_ppc64el_g_cgpaths");
    expect(withProtection(analysis, undefined).protection?.highestOomScoreAdj).toBe(98);
    expect(adviceOf(analysis, "adj-dominated")).toContain("to 98 or below");
  });

  it("is not that of the least totalpages where the log leaves more possible", () => {
    const analysis = lab("6.1.0-50-armmp_armhf_m1_adj");
    expect(withProtection(analysis, undefined).protection?.highestOomScoreAdj).toBe(0);
    expect(adviceOf(analysis, "adj-dominated")).not.toContain("or below");
  });
});

describe("workers that share memory", () => {
  // 40 rows of cc1: rss 1,012 MiB, rss_anon 528 MiB; 470 MiB is the limit.
  it("are counted by their anonymous memory where the table has it (068)", () => {
    const { title, advice } = finding(corpus("068"), "same-name-group");
    expect(title).toContain("hold at most 528 MiB together");
    expect(advice.join("\n")).toContain("Run at most 32 at 13.2 MiB each");
    expect(advice.join("\n")).not.toContain("too low");
  });

  it("hold something between their part and all that their rows show where it has not (013)", () => {
    const { title } = finding(corpus("013"), "same-name-group");
    expect(title).toMatch(/hold 28\.8 GiB to 40\.0 GiB together|hold 28\.\d GiB to \d\d\.\d GiB together/);
  });
});

describe("a second kill in a cgroup that is below its limit again", () => {
  const analysis = lab("4.18.0-147.el8.x86_64_amd64_m1_idle", 2);

  it("was needless, and not for the sum of the processes", () => {
    expect(finding(analysis, "double-kill").title).toContain("Usage was 40.1 MiB below the limit again");
    expect(idsOf(analysis)).not.toContain("many-tasks-sum");
  });

  it("is a contradiction of the limit, which is not to be raised", () => {
    const limit = finding(analysis, "memcg-limit-own");
    expect(limit.confidence).toBe("medium");
    expect(limit.contradicts[0]).toContain("Usage is 40.1 MiB below the limit");
    expect(limit.advice.join("\n")).not.toContain("raise the limit");
  });

  it("shows in the balance of an edited usage", () => {
    const edited = (text: string): string => text.replace(/memory: usage \d+kB/, "memory: usage 20000kB");
    const wrong = lab("6.1.0-50-cloud-amd64_amd64_m2_basic", 1, edited);
    expect(wrong.accounting?.memcg?.consistent).toBe(false);
    expect(finding(wrong, "memcg-limit-own").confidence).toBe("medium");
  });
});

describe("a missing block of the order", () => {
  it("is no more than possible where only the head of a report is there (156)", () => {
    const { title, meaning, confidence } = finding(corpus("156"), "fragmentation-high-order");
    expect({ title, meaning, confidence }).toEqual({
      title: "The request was for order 3 (32 KiB in one piece): it may have failed for want of such a block",
      meaning:
        "The request needed several adjacent pages. The log shows neither zones nor free lists: that one was missing is not proved.",
      confidence: "low",
    });
  });

  it("says nothing of the free memory where the watermarks are not there (164)", () => {
    const { meaning } = finding(corpus("164"), "fragmentation-high-order");
    expect(meaning).not.toContain("There was enough free memory");
    expect(meaning).toContain("The free lists have no such piece that it may use.");
  });
});

describe("a limit that had room again", () => {
  it("does not begin its advice with Or (4.18 m1_nested)", () => {
    const analysis = lab("4.18.0-147.el8.x86_64_amd64_m1_nested", 2);
    expect(finding(analysis, "memcg-limit-ancestor").advice[0]).toBe(
      "Bound each cgroup below it, so that the one which grows fails alone.",
    );
    expect(finding(analysis, "double-kill").title).toMatch(
      /^Usage was 36\.1 MiB below the limit again when this kill followed \d+ ms after/,
    );
  });
});

describe("the small terms of a node", () => {
  // They were "142 MiB other", more than the 111 MiB that no term accounts for.
  it("are one only while they are small together (001)", () => {
    const text = renderText(corpus("001"), { width: 300, paint: null, verbose: false, trace: false });
    expect(text).toContain("53.1 MiB slab, reclaimable; 49.0 MiB page tables; 39.9 MiB other");
  });
});
