import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Accounting } from "../../src/model/accounting.js";
import type { Analysis } from "../../src/model/analysis.js";
import { analyseSource } from "../../src/node/analyse-source.js";
import { boundedPoints, isOrigin } from "../../src/render/content/points.js";
import { pageText } from "../../src/render/html/index.js";
import { jsonText, toJson } from "../../src/render/index.js";
import { formatBytes } from "../../src/render/quantity.js";
import { root } from "../house/imports.js";
import { samples } from "../parse/samples.js";
import { choose, emptyPage, type OpenPage, openFile, saved } from "./open.js";

/** What the command line finds in a file. */
async function analysesOf(name: string, bytes: Uint8Array): Promise<Analysis[]> {
  const found: Analysis[] = [];
  const source = {
    name,
    open: async function* () {
      yield bytes;
    },
  };
  for await (const analysis of analyseSource(source, { onNote() {}, onProblem() {} })) found.push(analysis);
  return found;
}

/** What the bar of the machine's memory is made of: sizes as written, widths in thousandths of the bar. */
interface Piece {
  readonly title: string;
  readonly size: string;
  readonly width: number;
}

const spaced = (text: string | null | undefined): string => (text ?? "").replaceAll("\u00a0", " ");

async function drawnMemory(page: Page, section = "#memory"): Promise<Piece[]> {
  const drawn = await page.evaluate((found) => {
    const figure = document.querySelector(`${found} figure.balance`);
    const widths = [...(figure?.querySelectorAll("svg.bar rect") ?? [])].map((rect) => rect.getAttribute("width"));
    return [...(figure?.querySelectorAll("tbody tr") ?? [])].slice(0, widths.length).map((row, at) => ({
      title: row.querySelector("th")?.textContent ?? "",
      size: row.querySelector("td")?.textContent ?? "",
      width: widths[at] ?? "",
    }));
  }, section);
  return drawn.map(({ title, size, width }) => ({ title, size: spaced(size), width: Number(width) }));
}

/** What a cgroup's usage is made of, from the JSON; without titles, which the page has in words of its own. */
function memcgOf(accounting: Accounting | undefined): Omit<Piece, "title">[] {
  const { memcg, pageSizeBytes } = accounting ?? {};
  if (memcg == null || memcg.terms.length === 0 || pageSizeBytes === undefined) return [];
  const parts = memcg.terms.map(({ pages }) => pages).filter((pages) => pages > 0);
  parts.sort((a, b) => b - a);
  if (memcg.residue !== null && memcg.residue.pages > 0) parts.push(memcg.residue.pages);
  const limit = memcg.limitName === "memory" ? (memcg.limit?.pages ?? 0) : 0;
  const sum = parts.reduce((total, pages) => total + pages, 0);
  const all = Math.max(memcg.usage.pages, limit, sum);
  return parts.map((pages) => ({
    size: spaced(formatBytes(Math.round(pages) * pageSizeBytes)),
    width: Math.round((pages / all) * 1000 * 10) / 10,
  }));
}

/** The same from the JSON. */
function memoryOf(accounting: Accounting | undefined): Piece[] {
  const { balance, pageSizeBytes } = accounting ?? {};
  if (balance == null || pageSizeBytes === undefined) return [];
  const parts: { readonly title: string; readonly pages: number }[] = balance.terms
    .filter(({ pages }) => pages > 0)
    .sort((a, b) => b.pages - a.pages);
  const { residue, complete, total } = balance;
  if (complete && residue.pages > 0) parts.push({ ...residue, title: "not accounted for" });
  const all = Math.max(
    total.pages,
    parts.reduce((sum, { pages }) => sum + pages, 0),
  );
  return parts.map(({ title, pages }) => ({
    title,
    size: spaced(formatBytes(Math.round(pages) * pageSizeBytes)),
    width: Math.round((pages / all) * 1000 * 10) / 10,
  }));
}

async function drawnZones(page: Page): Promise<(readonly [string, string, number])[]> {
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll("#zones .zone")].map((zone) => {
      const rect = zone.querySelector("rect.fill-usable");
      const min = zone.querySelector("line.mark-min");
      const shares = [Number(rect?.getAttribute("width")), Number(min?.getAttribute("x1"))];
      return [
        zone.querySelector(".who")?.textContent ?? "",
        zone.querySelector(".says")?.textContent ?? "",
        shares,
      ] as const;
    }),
  );
  return drawn.map(([name, says, [usable = 0, min = 0]]) => [
    name,
    spaced(says).split(";")[0] ?? "",
    usable > min ? 1 : 0,
  ]);
}

/** The same from the JSON: what is usable, and whether its bar goes beyond the min mark with the reserve. */
function zonesOf(accounting: Accounting | undefined): (readonly [string, string, number])[] {
  const marks = accounting?.watermarks ?? [];
  const sorted = [...marks.filter(({ eligible }) => eligible), ...marks.filter(({ eligible }) => !eligible)];
  return sorted
    .slice(0, 12)
    .map(({ node, zone, usableKb, minKb, reserveKb }) => [
      node === null ? zone : `Node ${node} ${zone}`,
      `usable ${spaced(formatBytes(Math.round(usableKb) * 1024))}`,
      usableKb > minKb + (reserveKb ?? 0) ? 1 : 0,
    ]);
}

describe("the offline page, on every sample", () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openFile(await emptyPage());
  });
  afterAll(() => open.close());

  it.each(samples.map(({ name }) => name))("%s", async (name) => {
    const { page } = open;
    const bytes = readFileSync(join(root, `samples/${name}.log`));
    const [analysis] = await analysesOf("sample.log", bytes);
    if (analysis === undefined) throw new Error("no report");
    await choose(page, "sample.log", bytes);

    // The answer lies wholly inside the first screen.
    const answer = await page.evaluate(() => {
      const { top, bottom, right } =
        document.querySelector("#main .answer .lead")?.getBoundingClientRect() ?? new DOMRect(0, -1);
      const labels = [...document.querySelectorAll("#main .answer .lead dt")].map((label) => label.textContent);
      return { top, bottom, right, scrolled: scrollY, labels };
    });
    expect(answer.scrolled).toBe(0);
    expect(answer.top).toBeGreaterThanOrEqual(0);
    expect(answer.bottom).toBeLessThanOrEqual(800);
    expect(answer.right).toBeLessThanOrEqual(1280);
    expect(answer.labels.slice(0, 2)).toEqual(["Killed", "Limit"]);

    // What the page would save is what the command line prints.
    const { text } = await saved(page, "[data-export=json]");
    expect(JSON.parse(text).analyses).toEqual([JSON.parse(jsonText(toJson(analysis, { verbose: false })))]);

    // And so are the numbers that it shows.
    const shown = await page.evaluate(() => ({
      points: [...document.querySelectorAll("#ranking .bars [data-pid]:not(.spared)")].map((row) => [
        row.getAttribute("data-pid"),
        row.querySelector(".points")?.textContent,
      ]),
      heads: [...document.querySelectorAll("#tasks th")].map((head) => head.getAttribute("data-name")),
      rows: [...document.querySelectorAll("#tasks tbody tr:not(.spacer)")].map((row) =>
        [...row.children].map((cell) => cell.textContent ?? ""),
      ),
      label: document.querySelector("#main .lead > :nth-child(3) dt")?.textContent,
    }));
    const eligible = (analysis.replay?.ranking ?? []).filter((task) => task.eligible).slice(0, shown.points.length);
    expect(shown.points).toEqual(
      eligible.map((task) => [String(task.pid), isOrigin(task) ? "volunteers" : boundedPoints(task)]),
    );
    const cells = shown.rows.map((row) => Object.fromEntries(shown.heads.map((head, at) => [head, row[at] ?? ""])));
    const number = (value: unknown): string => (value === undefined ? "" : String(value));
    const rows = new Map(analysis.report.tasks.map((task) => [String(task.line), task]));
    expect(cells).toHaveLength(Math.min(analysis.report.tasks.length, cells.length));
    for (const row of cells) {
      const task = rows.get(row["line"] ?? "");
      const plain = (name: string): string => (row[name] ?? "").replaceAll(",", "");
      expect(row["name"]).toBe(pageText(task?.name ?? ""));
      expect(plain("pid")).toBe(number(task?.pid));
      expect(plain("rss_pages")).toBe(number(task?.rssPages));
      expect(plain("total_vm_pages")).toBe(number(task?.totalVmPages));
      if ("swap_pages" in row) expect(plain("swap_pages")).toBe(number(task?.swapPages));
      if ("oom_score_adj" in row) expect(plain("oom_score_adj")).toBe(number(task?.oomScoreAdj));
    }
    const drawnOfMemcg = await drawnMemory(page, "#cgroup");
    expect(drawnOfMemcg.map(({ size, width }) => ({ size, width }))).toEqual(
      memcgOf(JSON.parse(text).analyses[0].accounting),
    );
    expect(await drawnMemory(page)).toEqual(memoryOf(JSON.parse(text).analyses[0].accounting));
    expect(await drawnZones(page)).toEqual(zonesOf(JSON.parse(text).analyses[0].accounting));
    expect(shown.label).toBe(
      { agrees: "Confirmed", explained: "Explained", undecidable: "Undecided", differs: "Differs", none: "No victim" }[
        analysis.verdict.kind
      ],
    );
  });
});
