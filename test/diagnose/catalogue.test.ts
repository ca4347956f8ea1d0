import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { otherEventAnchors, recognise } from "../../src/diagnose/index.js";
import { rules } from "../../src/diagnose/rules/index.js";
import { type Threshold, thresholds } from "../../src/diagnose/thresholds.js";
import { root } from "../house/imports.js";
import { proofs } from "./proofs.js";

const sources = join(root, "src/diagnose/rules");
const pages = join(root, "docs/diagnoses");
const ids = rules.map(({ id }) => id);
const bounds: Readonly<Record<string, Readonly<Record<string, Threshold>>>> = thresholds;

test("every rule file is in the list, once", () => {
  const files = readdirSync(sources).map((file) => file.replace(/\.ts$/, ""));
  expect(files.filter((file) => file !== "index").sort()).toEqual([...ids].sort());
});

test("the index of the pages names every diagnosis", () => {
  const index = readFileSync(join(pages, "README.md"), "utf8");
  for (const id of ids) expect(index).toContain(`[${id}](${id}.md)`);
});

test("the index of the pages lists the unproven diagnoses, each with the reason, and no other as such", () => {
  const index = readFileSync(join(pages, "README.md"), "utf8");
  const list = /^Unproven, so never above low:\n\n((?:\|[^\n]*\n)+)/m.exec(index)?.[1] ?? "";
  const listed = [...list.matchAll(/^\| \[([\w-]+)\]\(\1\.md\) \| .{20,} \|$/gm)].map(([, id]) => id);
  expect(listed).toEqual(
    rules
      .filter(({ unproven }) => unproven === true)
      .map(({ id }) => id)
      .sort(),
  );
});

test("every proof is of a rule", () => {
  expect(Object.keys(proofs).sort()).toEqual([...ids].sort());
});

test("every bound is used", () => {
  const text = ["rules", "evidence", "accounting", "."]
    .flatMap((folder) => {
      const path = join(root, "src/diagnose", folder);
      return readdirSync(path)
        .filter((file) => file.endsWith(".ts") && file !== "thresholds.ts")
        .map((file) => readFileSync(join(path, file), "utf8"));
    })
    .join("\n");
  for (const [rule, table] of Object.entries(bounds)) {
    expect(text.includes(`thresholds["${rule}"]`) || text.includes(`thresholds.${rule}`), rule).toBe(true);
    for (const name of Object.keys(table)) expect(text, `${rule}.${name}`).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

describe.each(rules)("$id", ({ id, unproven }) => {
  const path = join(pages, `${id}.md`);
  const page = existsSync(path) ? readFileSync(path, "utf8") : "";
  const proof = proofs[id] ?? { fires: [], silent: [] };

  it("is defined in a file of its name", () => {
    expect(readFileSync(join(sources, `${id}.ts`), "utf8")).toContain(`id: "${id}"`);
  });

  it("has a page with all that a reader needs", () => {
    expect(page.startsWith(`# ${id}\n\n`)).toBe(true);
    expect(page.match(/^## .*$/gm)).toEqual([
      "## Meaning",
      "## Evidence",
      "## What speaks against it",
      "## What to do",
      "## Seen in real logs",
    ]);
    for (const section of page.split(/^## .*$/m)) expect(section.trim()).not.toBe("");
  });

  it("has its bounds on the page, as they are", () => {
    const shown = new Map([...page.matchAll(/^\| `([\w-]+\.\w+)` \| (.+?) \| (.+) \|$/gm)].map((row) => [row[1], row]));
    for (const name of Object.keys(bounds[id] ?? {})) expect([...shown.keys()]).toContain(`${id}.${name}`);
    for (const [key = "", row] of shown) {
      const [rule = "", name = ""] = key.split(".");
      const bound = bounds[rule]?.[name];
      expect([row?.[2], row?.[3]], key).toEqual([`${bound?.value} ${bound?.unit}`, bound?.why]);
    }
  });

  it("has its logs on the page", () => {
    const shown = page.split("\n").filter((line) => line.startsWith("- "));
    const expected = [
      ...proof.fires.map((text) => `- shows it: ${text}`),
      ...proof.silent.map((text) => `- does not: ${text}`),
    ];
    expect(shown).toEqual(expected);
    expect(proof.silent).not.toEqual([]);
  });

  it("is unproven exactly when no real log shows it, and says so", () => {
    expect(unproven === true).toBe(proof.fires.length === 0);
    expect(page.includes("**Unproven**")).toBe(unproven === true);
  });
});

describe("what is no OOM kill of the kernel", () => {
  const page = readFileSync(join(pages, "not-an-oom-kill.md"), "utf8");
  const line = (text: string) => ({
    text,
    line: 1,
    byteOffset: null,
    host: null,
    wallUsec: null,
    uptimeUsec: null,
    level: null,
    caller: null,
    trust: "claimed" as const,
  });

  // Texts as the programs' sources and documentation give them.
  test.each([
    ["allocation-failure", "swapper/0: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)"],
    ["allocation-failure", "kworker/u8:2: page allocation stalls for 10004ms, order:1, mode:0x14000c0(GFP_KERNEL)"],
    ["slub-failure", "SLUB: Unable to allocate memory on node -1, gfp=0x14000c0(GFP_KERNEL)"],
    ["page-fault-retried", "Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF"],
    ["sysrq-ignored", "sysrq: OOM request ignored. No task eligible"],
    ["systemd-oomd", "Killed /user.slice/user-1000.slice due to memory pressure for /user.slice being 61.87% > 60.00%"],
    ["systemd-report", "web.service: A process of this unit has been killed by the OOM killer."],
    ["systemd-report", "web.service: Failed with result 'oom-kill'."],
    ["earlyoom", 'sending SIGTERM to process 812 uid 0 "java": oom_score 900, oom_score_adj 0, VmRSS 812 MiB'],
    ["earlyoom", "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%"],
    ["oomd", "oomd kill: 10.00 60.00 600.00 system.slice/web.service 812"],
    ["lmkd", "lowmemorykiller: Killing 'com.example.app' (4711), adj 906,"],
    ["lmkd", "Kill 'com.example.app' (4711), uid 10101, oom_score_adj 906 to free 81244kB rss"],
    ["talos-oomd", "[talos] Sending SIGKILL to cgroup {OOMController: /kubepods/besteffort}"],
    ["openvz-ub", "Out of memory in UB 101: OOM killed process 4711 (java) score 0 vm:812kB, rss:812kB, swap:0kB"],
    ["hung-task", "INFO: task jbd2/sda1-8:212 blocked for more than 120 seconds."],
    ["hugetlb-sigbus", "PID 4711 killed due to inadequate hugepage pool"],
    ["exit-137", '"state": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}'],
    ["userspace-text", "java.lang.OutOfMemoryError: Java heap space"],
    ["userspace-text", "fatal error: runtime: out of memory"],
    ["oom-disabled", "OOM killer disabled."],
  ])("%s is recognised", (id, text) => {
    expect(recognise(line(text))?.id).toBe(id);
    expect(otherEventAnchors.some((part) => text.includes(part))).toBe(true);
    expect(page).toContain(`\`${id}\``);
  });

  test.each([
    "Out of memory: Killed process 812 (java) total-vm:812kB, anon-rss:812kB, file-rss:0kB, shmem-rss:0kB",
    "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
    "oom_reaper: reaped process 812 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task=java,pid=812,uid=0",
  ])("a line of the kernel's OOM killer is not: %s", (text) => {
    expect(recognise(line(text))).toBeNull();
  });

  it("takes short time for a long line", () => {
    for (const { text } of [line("INFO: task ".repeat(200_000)), line(`LKRG: ${"k".repeat(16_000)}`)]) {
      expect(recognise(line(text))).toBeNull();
    }
  });
});
