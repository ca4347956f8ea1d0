import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import Replay from "../../commands/replay.js";
import type { WhatIf } from "../../src/model/what-if.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { openFile, reportPage } from "./open.js";

/** A report of el6, whose table tells neither swap nor page tables, down to three of its rows. */
const log = [
  "Feb 12 10:23:56 host kernel: [668192.306121] [ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
  "Feb 12 10:23:56 host kernel: [668192.322745] [ 3836]     0  3836   610323    39610   2       0             0 newrelic-daemon",
  "Feb 12 10:23:56 host kernel: [668192.332462] [62185]    48 62185   183182    50302  19       0             0 httpd",
  "Feb 12 10:23:56 host kernel: [668192.332957] [62187]    48 62187   183190    50977   0       0             0 httpd",
  "Feb 12 10:23:59 host kernel: [668192.383737] Out of memory: Kill process 62185 (httpd) score 5 or sacrifice child",
  "Feb 12 10:23:59 host kernel: [668192.383946] Killed process 62185, UID 48, (httpd) total-vm:732728kB, anon-rss:198916kB, file-rss:2288kB",
  "Feb 12 10:31:18 host rack: Rackspace autoresponder for basic info",
];

it("states as open what the log leaves open, in the words of the command line", async () => {
  const { page, close } = await openFile(await reportPage(temporaryFolder({ "kern.log": `${log.join("\n")}\n` })));
  await page.fill("#what-if-pid", "62185");
  await page.fill("#what-if-adj", "-300");
  await page.waitForSelector("#what-if-answer .outcome");
  const text = (await page.textContent("#what-if-answer .outcome"))?.replaceAll("\u00a0", " ");
  expect(text).toMatch(
    /Pickedhttpd \(pid 62185\), ~5 of 1000 pointsThenthe log does not tell swap and page tables of each task.*: httpd \(pid 62187\) when /,
  );
  expect(text).not.toContain("is picked");
  await close();
});

it("takes no answer to another question for that to what is typed: a pid that is none, no adjustment", async () => {
  const { page, close } = await openFile(
    await reportPage(join(root, "samples/6.12.117+deb13-cloud-amd64_amd64/g_fork_cow.log")),
  );
  const shown = async () =>
    page.evaluate(() => ({
      fault: document.querySelector("#what-if-fault")?.textContent ?? null,
      isAnswered: document.querySelector("#what-if-answer .outcome, #what-if-ranking *") !== null,
      invalid: [...document.querySelectorAll("#what-if [aria-invalid=true]")].map(({ id }) => id),
    }));
  const range = "oom_score_adj is a whole number from -1000 to 1000: type one.";
  for (const [field, typed, fault] of [
    ["#what-if-adj", "5000", range],
    ["#what-if-adj", "-1001", range],
    ["#what-if-adj", "1.5", range],
    ["#what-if-adj", "", range],
    ["#what-if-pid", "abc", "The table of tasks has no pid abc: type that of a process of this report."],
    ["#what-if-pid", "99999999", "The table of tasks has no pid 99999999: type that of a process of this report."],
    ["#what-if-pid", "oom ".repeat(1000), "The table of tasks has no such pid: type that of a process of this report."],
    ["#what-if-pid", "", "No pid is typed: type that of a process of this report."],
  ] as const) {
    await page.fill("#what-if-pid", "148");
    await page.fill("#what-if-adj", "-500");
    await page.waitForSelector("#what-if-answer .outcome");
    await page.fill(field, typed);
    await page.waitForSelector("#what-if-fault");
    expect(await shown()).toEqual({ fault, isAnswered: false, invalid: [field.slice(1)] });
  }
  await page.click("text=As it was");
  expect(await shown()).toEqual({ fault: null, isAnswered: false, invalid: [] });
  expect(await page.inputValue("#what-if-pid")).toBe("148");
  await close();
});

it("says why no limit can be moved: the log does not tell it", async () => {
  const { page, close } = await openFile(await reportPage(temporaryFolder({ "kern.log": `${log.join("\n")}\n` })));
  expect(await page.locator("#what-if-limit").count()).toBe(0);
  expect(await page.textContent("#what-if fieldset:has(#what-if-no-limit)")).toBe(
    "Memory of the machineThe log does not tell it: there is nothing to move from.",
  );
  await close();
});

it("keeps a place of three digits off the name", async () => {
  const { page, close } = await openFile(await reportPage(temporaryFolder({ "kern.log": `${log.join("\n")}\n` })));
  const gap = await page.evaluate(() => {
    const place = document.querySelector("#ranking [data-pid] .place");
    const name = place?.nextElementSibling;
    if (place == null || name == null) throw new Error("no row");
    place.textContent = "152.";
    const digits = document.createRange();
    digits.selectNodeContents(place);
    return name.getBoundingClientRect().left - digits.getBoundingClientRect().right;
  });
  expect(gap).toBeGreaterThan(2);
  await close();
});

describe.each([
  ["6.12.117+deb13-cloud-amd64_amd64/g_fork_cow", 148, -500],
  ["7.3.4+deb13-cloud-amd64_amd64/m2_nested", 98, 300],
  ["7.3.4+deb13-cloud-amd64_amd64/m2_ties", null, -1000],
  ["4.19.78_amd64/m2_group", null, -1000],
  ["3.10.105_amd64/g_alloctask", null, -17],
] as const)("what if on the page, of %s", (name, pid, adj) => {
  it("is what oomlog replay --json answers: by oom_score_adj, and by limit", async () => {
    const file = join(root, `samples/${name}.log`);
    const { page, close } = await openFile(await reportPage(file));
    const asked = pid ?? Number(await page.inputValue("#what-if-pid"));
    await page.fill("#what-if-pid", String(asked));
    await page.fill("#what-if-adj", String(adj));
    await page.waitForSelector("#what-if-answer .outcome");
    await expectAnswer(page, await answered(file, "--set", `${asked}:oom_score_adj=${adj}`));
    await page.click("text=As it was");
    const percent = 150;
    await page.evaluate((value) => {
      const slider = document.querySelector<HTMLInputElement>("#what-if-limit");
      if (slider === null) return;
      slider.value = value;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }, String(percent));
    await page.waitForSelector("#what-if-answer .outcome");
    const label = (await page.textContent("#what-if-answer dd")) ?? "";
    const [, flag = "", size = ""] = /^(memory-max|total-ram) (\S+)/.exec(label) ?? [];
    expect(size).not.toBe("");
    await expectAnswer(page, await answered(file, `--${flag}`, size));
    await close();
  });
});

async function answered(file: string, ...flags: string[]): Promise<WhatIf> {
  const { stdout } = await runCommand(Replay, ["--quiet", "--json", "--report", "1", ...flags, file]);
  return JSON.parse(stdout).replays[0];
}

async function expectAnswer(page: Page, { after }: WhatIf): Promise<void> {
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("#what-if-ranking [data-pid]:not(.spared)")].map((row) => [
      Number(row.getAttribute("data-pid")),
      row.querySelector(".points")?.textContent?.replaceAll(/[^0-9-]/g, ""),
      row.querySelector(".fate")?.textContent,
    ]),
  );
  expect(shown.length).toBeGreaterThan(0);
  const eligible = after.ranking.filter((task) => task.eligible).slice(0, shown.length);
  expect(shown.map(([its, points]) => [its, points])).toEqual(eligible.map(({ pid, points }) => [pid, String(points)]));
  const now = shown.filter(([, , fate]) => fate === (after.decided ? "chosen now" : "possible now"));
  expect(now.map(([its]) => its).sort()).toEqual(after.possible.flatMap(({ pid }) => pid ?? []).sort());
}
