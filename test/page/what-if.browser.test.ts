import { expect, it } from "vitest";
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
  expect(text).toMatch(/Openthe log does not tell swap and page tables of each task.*: httpd \(pid 62187\) when /);
  expect(text).not.toContain("is picked");
  await close();
});
