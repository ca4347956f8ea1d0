import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { corpus } from "./corpus.js";

/**
 * How long a page of 50,000 tasks takes in Chromium until it can be used, from the start of the navigation, and how long it
 * takes to sort them. Milliseconds depend on the machine and on what else runs there: the page without reports stands
 * beside it.
 *
 * `npm run bench:page [ROUNDS]` (default 5); needs a build and Chromium (CHROMIUM, or /usr/bin/chromium).
 */

const rounds = Number(process.argv[2] ?? 5);
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Milliseconds for a page. */
interface Round {
  readonly ready: number;
  readonly sort: number | null;
}

async function measure(browser: Browser, file: string): Promise<Round> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("html[data-ready]", { timeout: 300_000 });
  const round = await page.evaluate(() => {
    const ready = performance.getEntriesByName("ready")[0]?.startTime ?? Number.NaN;
    const button = document.querySelector<HTMLElement>("#tasks th[data-name=rss_pages] button");
    const start = performance.now();
    button?.click();
    return { ready, sort: button === null ? null : performance.now() - start };
  });
  await page.close();
  return round;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const empty = join(tmpdir(), "oomlog-bench", "empty.html");
const large = join(tmpdir(), "oomlog-bench", "tasks50k.html");
const log = corpus("tasks50k", 0);
execFileSync(process.execPath, ["bin/oomlog.js", "page", "--output", empty]);
execFileSync(process.execPath, ["bin/oomlog.js", "explain", "--quiet", "--html", large, log]);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const pairs: { empty: Round; large: Round }[] = [];
for (let at = 0; at < rounds; at++) {
  pairs.push({ empty: await measure(browser, empty), large: await measure(browser, large) });
}
await browser.close();

const row = (what: string, values: readonly number[], target: string): string =>
  `| ${what} | ${Math.min(...values).toFixed(0)} | ${median(values).toFixed(0)} | ${target} |\n`;
const text = `# The page in Chromium

Made by \`npm run bench:page ${rounds}\`: ${rounds} rounds, milliseconds; ${cpus().length} processors, load average ${loadavg()[0]?.toFixed(1)}.
The page of 50,000 tasks has ${(readFileSync(large).length / 1e6).toFixed(2)} MB, the one without reports ${(readFileSync(empty).length / 1e6).toFixed(2)} MB.

| what | least | median | target |
|---|---|---|---|
${row(
  "without reports, until it can be used",
  pairs.map((pair) => pair.empty.ready),
  "",
)}${row(
  "50,000 tasks, until it can be used",
  pairs.map((pair) => pair.large.ready),
  "2000",
)}${row(
  "50,000 tasks, sorted by another column",
  pairs.map((pair) => pair.large.sort ?? Number.NaN),
  "",
)}`;
process.stdout.write(text);
writeFileSync("bench/PAGE.md", text);
