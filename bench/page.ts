import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { corpus } from "./corpus.js";

/**
 * How long a page of 50,000 tasks takes in Chromium until it can be used (its first frame with the answer, the drawings and
 * the table of all tasks is drawn), from the start of the navigation, until the log is there too, which comes after that, and
 * how long it takes to sort the tasks and to answer what if. Milliseconds depend on the machine and
 * on what else runs there: the page without reports, and processor time, stand beside it.
 *
 * `npm run bench:page [ROUNDS]` (default 5); needs a build and Chromium (CHROMIUM, or /usr/bin/chromium).
 */

const rounds = Number(process.argv[2] ?? 5);
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Milliseconds for a page. */
interface Round {
  readonly ready: number;
  /** Processor time of the page's main thread until then. */
  readonly cpu: number;
  /** When the log is there, too. */
  readonly log: number | null;
  readonly sort: number | null;
  /** From the change of a value to the new ranking, and to what is decided: the first time, and when the worker is warm. */
  readonly whatIf: readonly { readonly ranking: number; readonly whole: number }[];
}

async function measure(browser: Browser, file: string): Promise<Round> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const taskMs = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  };
  const before = await taskMs();
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("html[data-ready]", { timeout: 300_000 });
  const cpu = (await taskMs()) - before;
  if (await page.evaluate(() => document.querySelector("#log") !== null))
    await page.waitForFunction(() => performance.getEntriesByName("log").length > 0, undefined, { timeout: 300_000 });
  const round = await page.evaluate(() => {
    const ready = performance.getEntriesByName("ready")[0]?.startTime ?? Number.NaN;
    const log = performance.getEntriesByName("log")[0]?.startTime ?? null;
    const button = document.querySelector<HTMLElement>("#tasks th[data-name=rss_pages] button");
    const start = performance.now();
    button?.click();
    return { ready, log, sort: button === null ? null : performance.now() - start };
  });
  const whatIf: { ranking: number; whole: number }[] = [];
  if (round.sort !== null) for (const adj of [-300, -400, -500]) whatIf.push(await page.evaluate(ask, adj));
  await page.close();
  return { ...round, cpu, whatIf };
}

/** Changes a value in the page, and waits for both answers. */
function ask(adj: number): Promise<{ ranking: number; whole: number }> {
  return new Promise((resolve) => {
    const section = document.querySelector("#what-if");
    const input = document.querySelector<HTMLInputElement>("#what-if-adj");
    if (section === null || input === null) throw new Error("no what if");
    const start = performance.now();
    let ranking: number | null = null;
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => (target as Element).id === "what-if-ranking"))
        ranking ??= performance.now() - start;
      const answer = section.querySelector("#what-if-answer .outcome")?.textContent ?? "";
      if (!answer.includes(`=${adj}`)) return;
      observer.disconnect();
      resolve({ ranking: ranking ?? Number.NaN, whole: performance.now() - start });
    });
    observer.observe(section, { childList: true, subtree: true });
    input.value = String(adj);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const emptyFile = join(tmpdir(), "oomlog-bench", "empty.html");
const largeFile = join(tmpdir(), "oomlog-bench", "tasks50k.html");
const log = corpus("tasks50k", 0);
execFileSync(process.execPath, ["bin/oomlog.js", "page", "--output", emptyFile]);
execFileSync(process.execPath, ["bin/oomlog.js", "explain", "--quiet", "--html", largeFile, log]);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const pairs: { empty: Round; large: Round }[] = [];
for (let at = 0; at < rounds; at++) {
  pairs.push({ empty: await measure(browser, emptyFile), large: await measure(browser, largeFile) });
}
await browser.close();

const row = (what: string, values: readonly number[], target: string): string =>
  `| ${what} | ${Math.min(...values).toFixed(0)} | ${median(values).toFixed(0)} | ${target} |\n`;
const large = (of: (round: Round) => number | undefined): number[] => pairs.map((pair) => of(pair.large) ?? Number.NaN);
const text = `# The page in Chromium

Made by \`npm run bench:page ${rounds}\`: ${rounds} rounds, milliseconds; ${cpus().length} processors, load average ${loadavg()[0]?.toFixed(1)}.
The page of 50,000 tasks has ${(readFileSync(largeFile).length / 1e6).toFixed(2)} MB, the one without reports ${(readFileSync(emptyFile).length / 1e6).toFixed(2)} MB.

| what | least | median | target |
|---|---|---|---|
${row(
  "without reports, until it can be used",
  pairs.map((pair) => pair.empty.ready),
  "",
)}${row(
  "50,000 tasks, until it can be used",
  large(({ ready }) => ready),
  "2000",
)}${row(
  "the same, processor time of the main thread",
  large(({ cpu }) => cpu),
  "",
)}${row(
  "50,000 tasks, until the log is there, too",
  large(({ log }) => log ?? undefined),
  "",
)}${row(
  "50,000 tasks, sorted by another column",
  large(({ sort }) => sort ?? undefined),
  "",
)}${row(
  "what if, the first time, until the ranking",
  large(({ whatIf }) => whatIf[0]?.ranking),
  "",
)}${row(
  "what if, later, until the ranking",
  large(({ whatIf }) => whatIf[2]?.ranking),
  "",
)}${row(
  "what if, later, until what is decided",
  large(({ whatIf }) => whatIf[2]?.whole),
  "",
)}`;
process.stdout.write(text);
writeFileSync("bench/PAGE.md", text);
