import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { analyseSource } from "../../src/node/analyse-source.js";
import { boundedPoints, isOrigin } from "../../src/render/content/points.js";
import { pageText } from "../../src/render/html/index.js";
import { jsonText, toJson } from "../../src/render/index.js";
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
      return { top, bottom, right, scrolled: scrollY };
    });
    expect(answer.scrolled).toBe(0);
    expect(answer.top).toBeGreaterThanOrEqual(0);
    expect(answer.bottom).toBeLessThanOrEqual(800);
    expect(answer.right).toBeLessThanOrEqual(1280);

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
    expect(shown.label).toBe(
      { agrees: "Confirmed", explained: "Explained", undecidable: "Undecided", differs: "Differs", none: "No victim" }[
        analysis.verdict.kind
      ],
    );
  });
});
