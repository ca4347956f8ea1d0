import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, inject } from "vitest";
import Explain from "../../commands/explain.js";
import PageCommand from "../../commands/page.js";
import { runCommand } from "../cli/harness.js";
import { temporaryFolder } from "../node/temporary-folder.js";

let browser: Promise<Browser> | undefined;

/** A page in the browser. What it does that no page may do is remembered. */
export interface OpenPage {
  readonly page: Page;
  /** Requests that left the page, refusals of its policy, errors. */
  readonly faults: string[];
  /** Closes it, and expects no fault. */
  close(): Promise<void>;
}

/** Opens an HTML file, and waits until it has started. */
export async function openFile(file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  browser ??= chromium.connect(inject("browserEndpoint"));
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const url = pathToFileURL(file).href;
  context.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("blob:")) faults.push(`request of ${request.url()}`);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => faults.push(message.text()));
  page.on("dialog", (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]");
  return {
    page,
    faults,
    async close() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

/** The page that `oomlog page` writes. */
export async function emptyPage(): Promise<string> {
  const file = join(temporaryFolder(), "oomlog.html");
  const { status, stderr } = await runCommand(PageCommand as never, ["--output", file]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return file;
}

/** The page that `oomlog explain --html` writes of logs. */
export async function reportPage(...files: readonly string[]): Promise<string> {
  const file = join(temporaryFolder(), "report.html");
  const { status } = await runCommand(Explain, ["--quiet", "--html", file, ...files]);
  expect(status).toBe(0);
  return file;
}

/** Gives a log to the page as a chosen file, and waits until it was read. */
export async function choose(page: Page, name: string, bytes: Uint8Array | string): Promise<void> {
  await page.evaluate(() => document.querySelector("#reading")?.replaceChildren());
  await page.setInputFiles("#files", { name, mimeType: "text/plain", buffer: Buffer.from(bytes) });
  await page.waitForFunction(() =>
    /reports? in|No OOM report|Nothing was read/.test(document.querySelector("#reading")?.textContent ?? ""),
  );
}

/** What the page saves when a button is pressed. */
export async function saved(page: Page, selector: string): Promise<{ readonly name: string; readonly text: string }> {
  const begun = page.waitForEvent("download");
  await page.evaluate((found) => document.querySelector<HTMLElement>(found)?.click(), selector);
  const download = await begun;
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}
