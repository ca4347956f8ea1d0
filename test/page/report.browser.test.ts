import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpus } from "../../bench/corpus.js";
import Explain from "../../commands/explain.js";
import Triage from "../../commands/triage.js";
import type { Analysis } from "../../src/model/analysis.js";
import { openTable } from "../../src/node/export/index.js";
import { reportTables } from "../../src/render/columns/index.js";
import { askWhatIf } from "../../src/replay/what-if/index.js";
import { runCommand } from "../cli/harness.js";
import { root } from "../house/imports.js";
import { temporaryFolder } from "../node/temporary-folder.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { barriers } from "./axe.js";
import { choose, type OpenPage, openFile, reportPage, saved } from "./open.js";

const name = "6.12.117+deb13-cloud-amd64_amd64/g_fork_cow";
const file = join(root, `samples/${name}.log`);

function analysis(): Analysis {
  const [found] = analyseText(file, sample(name).lines);
  if (found === undefined) throw new Error("no report");
  return found;
}

describe("a report as a page", () => {
  let path = "";
  let open: OpenPage;
  beforeAll(async () => {
    path = await reportPage(file);
    // The folder of a test is taken away after it: the page is kept.
    open = await openFile(path);
  });
  afterAll(() => open.close());

  it("sorts the tasks by a column, and turns it round", async () => {
    const { page } = open;
    const column = (head: string): Promise<string[]> =>
      page.evaluate((wanted) => {
        const at = [...document.querySelectorAll("#tasks th")].findIndex(
          (one) => one.getAttribute("data-name") === wanted,
        );
        return [...document.querySelectorAll("#tasks tbody tr:not(.spacer)")].map(
          (row) => row.children[at]?.textContent ?? "",
        );
      }, head);
    expect(await column("pid")).toEqual(["148", "145", "146", "147"]);
    await page.click("#tasks th[data-name=rss_pages] button");
    expect(await column("rss_pages")).toEqual(["26,110", "22,930", "21,856", "5,630"]);
    expect(await page.getAttribute("#tasks th[data-name=rss_pages]", "aria-sort")).toBe("descending");
    await page.click("#tasks th[data-name=rss_pages] button");
    expect(await column("rss_pages")).toEqual(["5,630", "21,856", "22,930", "26,110"]);
    // Without a value comes last, whichever way.
    await page.click("#tasks th[data-name=points] button");
    expect(await column("pid")).toEqual(["148", "145", "146", "147"]);
    await page.click("#tasks th[data-name=points] button");
    expect(await column("pid")).toEqual(["146", "145", "148", "147"]);
  });

  it("filters the tasks by name, pid and uid", async () => {
    const { page } = open;
    const rows = (): Promise<number> => page.locator("#tasks tbody tr:not(.spacer)").count();
    await page.fill("#task-filter", "REDIS");
    expect(await rows()).toBe(2);
    expect((await page.textContent("#task-count"))?.replaceAll("\u00a0", " ")).toBe("2 rows of 4 rows");
    await page.fill("#task-filter", "14");
    expect(await rows()).toBe(0);
    await page.fill("#task-filter", "147");
    expect(await rows()).toBe(1);
    await page.fill("#task-filter", "");
    expect(await rows()).toBe(4);
  });

  it("leads from evidence to the lines of the log", async () => {
    const { page } = open;
    await page.click("#findings .evidence a.ref >> nth=0");
    const [{ lines = [] } = {}] = analysis().findings.flatMap(({ evidence }) =>
      evidence.filter(({ operand }) => operand !== true),
    );
    await page.waitForSelector("#log .lit");
    const lit = await page.evaluate(() => [...document.querySelectorAll("#log .lit")].map((line) => line.id));
    expect(lit).toEqual(lines.map((line) => `L${line}`));
    expect(lit.length).toBeGreaterThan(1);
    const isSeen = await page.evaluate((id) => {
      const box = document.getElementById(id)?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
    }, lit[0] ?? "");
    expect(isSeen).toBe(true);
    // As it stands in the log, stamp and all.
    expect(await page.textContent("#log .lit code >> nth=0")).toBe(sample(name).lines[Number(lines[0]) - 1]);
    // And back again, by button or key.
    for (const goBack of [() => page.click("#log .log-back button"), () => page.keyboard.press("Escape")]) {
      await goBack();
      expect(await page.evaluate(() => document.activeElement?.closest(".evidence") !== null)).toBe(true);
      expect(await page.locator("#log .log-back button").isVisible()).toBe(false);
      await page.keyboard.press("Enter");
    }
    // All lines are there for a search of the browser.
    expect(await page.locator("#log .line").count()).toBe(64);
  });

  it("answers what if by the replay's own code", async () => {
    const { page } = open;
    await page.fill("#what-if-pid", "148");
    await page.fill("#what-if-adj", "-500");
    await page.waitForSelector("#what-if-answer .outcome");
    const edits = [{ kind: "set-adj", tasks: { by: "pid", pid: 148 }, adj: -500 } as const];
    const { after } = askWhatIf(analysis(), { edits });
    const facts = await page.evaluate(() =>
      [...document.querySelectorAll("#what-if-answer dd")].map((one) => one.textContent?.replaceAll("\u00a0", " ")),
    );
    expect(facts).toEqual([
      "pid:148:oom_score_adj=-500 for redis-server (pid 148)",
      "redis-server (pid 148), 22,984 points",
      "redis-server (pid 145) is picked: 21,907 points, next other (pid 146) 5,650",
    ]);
    const points = await page.evaluate(() =>
      [...document.querySelectorAll("#what-if-ranking [data-pid]:not(.spared)")].map((row) => [
        Number(row.getAttribute("data-pid")),
        Number(row.querySelector(".points")?.textContent?.replaceAll(",", "")),
      ]),
    );
    expect(points).toEqual(after.ranking.filter((task) => task.eligible).map(({ pid, points: its }) => [pid, its]));
    // The limit, too.
    await page.evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>("#what-if-limit");
      if (slider === null) return;
      slider.value = "200";
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.waitForFunction(() => document.querySelectorAll("#what-if-answer dt").length === 4);
    expect(await page.locator(".failure").count()).toBe(0);
    await page.click("text=As it was");
    expect(await page.locator("#what-if-answer .outcome").count()).toBe(0);
  });

  it("saves what the command line writes: Markdown, and CSV that reads as that of fast-csv", async () => {
    const { page } = open;
    const markdown = await saved(page, "[data-export=markdown]");
    const { stdout } = await runCommand(Explain, ["--quiet", "--markdown", file]);
    expect(markdown.text).toBe(stdout);
    const shown = analysis();
    for (const { name: table, columns, rowsOf } of Object.values(reportTables)) {
      const rows = rowsOf(shown);
      if (rows.length === 0) continue;
      const writer = openTable.csv(columns);
      const parts = [await writer.write(rows), await writer.end()].map((part) => Buffer.from(part));
      const { text } = await saved(page, `[data-export=csv-${table}]`);
      expect(text.endsWith("\r\n")).toBe(true);
      // Which cells stand in quotes without need is each library's own.
      expect(Papa.parse(text).data).toEqual(Papa.parse(Buffer.concat(parts).toString("utf8")).data);
    }
  });

  it("has no barriers in light and dark, and changes its colours", async () => {
    const { page } = open;
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.evaluate(() => document.querySelector("#exports")?.setAttribute("open", ""));
    const light = await paper();
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await paper();
    expect(dark).not.toBe(light);
    expect(await barriers(page)).toEqual([]);
    await page.click("#theme");
    expect(await paper()).toBe(light);
    await page.click("#theme");
    expect(await paper()).toBe(dark);
    await page.emulateMedia({ colorScheme: "light" });
    expect(await paper()).toBe(dark);
    await page.click("#theme");
    expect(await paper()).toBe(light);
    await page.evaluate(() => document.querySelector("#exports")?.removeAttribute("open"));
  });

  it("works by keyboard", async () => {
    const { page } = open;
    await page.focus(".skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.focus(".skip");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Save as");
    await page.focus("#exports summary");
    await page.keyboard.press("Enter");
    expect(await page.getAttribute("#exports", "open")).not.toBeNull();
    await page.keyboard.press("Escape");
    expect(await page.getAttribute("#exports", "open")).toBeNull();
    await page.focus("#tasks th[data-name=name] button");
    await page.keyboard.press("Enter");
    expect(await page.getAttribute("#tasks th[data-name=name]", "aria-sort")).toBe("ascending");
    await page.focus("#ranking a.ref >> nth=0");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Lines of the log, scrolls",
    );
    await page.focus("#what-if-slider");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector("#what-if-answer .outcome");
    await page.click("text=As it was");
  });

  it("fits a phone", async () => {
    const { page } = open;
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("saves itself, and opens again as it was", async () => {
    const { text } = await saved(open.page, "#save");
    const again = join(temporaryFolder(), "again.html");
    writeFileSync(again, text);
    const second = await openFile(again);
    const answer = (page: OpenPage["page"]): Promise<string | null> => page.textContent("#main .answer");
    expect(await answer(second.page)).toBe(await answer(open.page));
    await second.close();
  });
});

describe("a page without scripts", () => {
  it("shows the answer in the first screen, the drawings and the findings", async () => {
    const { page, close } = await openFile(await reportPage(file), { javaScriptEnabled: false });
    const box = await page.locator(".answer .lead").boundingBox();
    expect((box?.y ?? 900) + (box?.height ?? 900)).toBeLessThanOrEqual(800);
    expect(await page.locator("#static svg.bar").count()).toBeGreaterThan(5);
    expect(await page.locator("#static .finding").count()).toBe(analysis().findings.length);
    expect(await page.locator("#static #log .line").count()).toBe(64);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".answer .lead").isVisible()).toBe(true);
    // On paper each task has a line, and no word is broken letter by letter.
    await page.setViewportSize({ width: 720, height: 1000 });
    await page.locator("#static .tasks").scrollIntoViewIfNeeded();
    const heights = await page.evaluate(() =>
      [...document.querySelectorAll("#static .tasks tbody tr")].map((row) => row.getBoundingClientRect().height),
    );
    expect(heights).toHaveLength(4);
    expect(Math.max(...heights)).toBeLessThan(30);
    await close();
  });
});

describe("a page of several reports without scripts", () => {
  it("has no id twice, and no reference to one that is not there", async () => {
    const logs = ["m2_ties", "m2_nested", "m2_parallel"].map((one) =>
      join(root, `samples/7.3.4+deb13-cloud-amd64_amd64/${one}.log`),
    );
    const { page, close } = await openFile(await reportPage(...logs), { javaScriptEnabled: false });
    const { ids, broken } = await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
      broken: [...document.querySelectorAll("#static a[href^='#']")]
        .map((link) => link.getAttribute("href")?.slice(1) ?? "")
        .filter((id) => document.getElementById(id) === null),
    }));
    expect(ids.length).toBeGreaterThan(200);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(broken).toEqual([]);
    await close();
  });
});

describe("a page of a log with something to note", () => {
  it("shows it, and saves the JSON that the command line prints, notes and all", async () => {
    const log = join(root, "samples/formats/rfc3164.txt");
    const { page, close } = await openFile(await reportPage(log));
    expect(await page.textContent("#reading-notes")).toContain("The stamps have no year");
    const { stdout } = await runCommand(Explain, ["--quiet", "--json", log]);
    const { text } = await saved(page, "[data-export=json]");
    expect(JSON.parse(text)).toEqual(JSON.parse(stdout));
    expect(JSON.parse(text).notes).not.toEqual([]);
    await close();
  });
});

describe("a page of a log without a report", () => {
  const help =
    "A report begins with a line such as “… invoked oom-killer: …”; check that the part of the log with it is there.";

  it("says so first, with and without scripts, and goes on to read another", async () => {
    const folder = temporaryFolder({ "none.log": "hello\n" });
    const out = join(folder, "none.html");
    for (const Command of [Explain, Triage]) {
      const { status } = await runCommand(Command, ["--quiet", "--html", out, join(folder, "none.log")]);
      expect(status).toBe(1);
      const sentence = `No OOM report in ${join(folder, "none.log")} (1 line).`;
      const bare = await openFile(out, { javaScriptEnabled: false });
      expect(await bare.page.textContent("#static h2")).toBe(sentence);
      await bare.close();
      const { page, close } = await openFile(out);
      expect(await page.textContent("#no-report")).toBe(`${sentence}${help}`);
      expect(await page.title()).toBe("No OOM report");
      const order = await page.evaluate(() =>
        ["#no-report", "#open"].map((id) => document.querySelector(id)?.getBoundingClientRect().top ?? Number.NaN),
      );
      expect(order[0]).toBeLessThan(order[1] ?? Number.NaN);
      expect(await barriers(page)).toEqual([]);
      await choose(page, "kern.log", readFileSync(file));
      expect(await page.locator("#no-report").count()).toBe(0);
      await close();
    }
  });

  it("says of an empty file that it is empty, and of a report that is not there its number", async () => {
    const folder = temporaryFolder({ "empty.log": "" });
    const out = join(folder, "out.html");
    const empty = join(folder, "empty.log");
    await runCommand(Explain, ["--quiet", "--html", out, empty]);
    const first = await openFile(out);
    expect(await first.page.textContent("#no-report")).toBe(`No OOM report in ${empty} (0 lines).`);
    expect(await first.page.textContent("#reading-notes li")).toBe(`${empty}: It is empty.`);
    await first.close();
    await runCommand(Explain, ["--quiet", "--report", "7", "--html", out, file]);
    const second = await openFile(out);
    expect(await second.page.textContent("#no-report")).toBe(`No OOM report number 7 in ${file} (64 lines).`);
    await second.close();
  });
});

describe("a page of hostile text", () => {
  it("is inert", async () => {
    const folder = temporaryFolder({
      "<img src=x onerror=alert(1)>.log": readFileSync(file, "latin1").replaceAll("redis-server", "</script><img>"),
    });
    const { page, close } = await openFile(await reportPage(folder));
    expect(await page.textContent("#main")).toContain("</script><img>");
    expect(await page.locator("img").count()).toBe(0);
    await close();
  });

  it("could do nothing even if it ran: the policy refuses network, code and foreign scripts", async () => {
    const { page, faults } = await openFile(await reportPage(file));
    const refused = await page.evaluate(async () => {
      const tried: Record<string, string> = {};
      const attempt = async (what: string, act: () => unknown): Promise<void> => {
        try {
          await act();
          tried[what] = "done";
        } catch (error) {
          tried[what] = (error as Error).name;
        }
      };
      await attempt("fetch", () => fetch("https://example.invalid/"));
      await attempt("markup", () => {
        document.body.innerHTML = "<img src=x onerror=alert(1)>";
      });
      await attempt("handler", () => document.body.setAttribute("onclick", "document.title = 'hit'"));
      document.body.click();
      return { ...tried, title: document.title };
    });
    expect(refused).toMatchObject({
      fetch: "TypeError",
      markup: "TypeError",
      title: "OOM: redis-server (pid 148) killed",
    });
    expect(faults.some((fault) => fault.includes("Content Security Policy"))).toBe(true);
    await page.context().close();
  });
});

describe("a page of incidents", () => {
  it("shows them, and a report of each", async () => {
    const out = join(temporaryFolder(), "fleet.html");
    const logs = ["m2_ties", "m2_nested"].map((one) => join(root, `samples/7.3.4+deb13-cloud-amd64_amd64/${one}.log`));
    await runCommand(Triage, ["--quiet", "--html", out, ...logs]);
    const { page, close } = await openFile(out);
    expect((await page.textContent("#incidents .lead dd"))?.replaceAll("\u00a0", " ")).toMatch(/^2 incidents in/);
    expect(await barriers(page)).toEqual([]);
    expect(await page.title()).toBe("OOM incidents");
    const kept = await saved(page, "#save");
    const again = join(temporaryFolder(), "again.html");
    writeFileSync(again, kept.text);
    const second = await openFile(again);
    expect(await second.page.textContent("#incidents")).toBe(await page.textContent("#incidents"));
    await second.close();
    // In print the incidents stand first, then the report that is shown; what is for the screen alone is left out.
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#incidents .incident h2").count()).toBeGreaterThan(1);
    expect(await page.locator("#incidents").isVisible()).toBe(true);
    for (const hidden of [".topbar", "#reports", "#open", "#what-if", "#log"])
      expect(await page.locator(hidden).isVisible()).toBe(false);
    const order = await page.evaluate(() =>
      ["#incidents", "#main"].map((id) => document.querySelector(id)?.getBoundingClientRect().top ?? Number.NaN),
    );
    expect(order[0]).toBeLessThan(order[1] ?? Number.NaN);
    await page.emulateMedia({ media: "screen" });
    await page.click("#incidents .open-report a >> nth=1");
    await page.waitForFunction(() => document.querySelector("#report-title")?.textContent?.includes("incident 2:"));
    expect(await page.locator("#main .answer .lead").isVisible()).toBe(true);
    await close();
  });

  it("leads by keyboard from an incident to its report and back, by the browser's Back too, and says where one is", async () => {
    const out = join(temporaryFolder(), "fleet.html");
    const logs = ["m2_ties", "m2_nested", "n_cpuset2"].map((one) =>
      join(root, `samples/7.3.4+deb13-cloud-amd64_amd64/${one}.log`),
    );
    await runCommand(Triage, ["--quiet", "--html", out, ...logs]);
    const { page, close } = await openFile(out);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const titles = await page.locator(".incident h2").allTextContents();
    const third = `A report of incident 3: ${titles[2]?.replace("3. ", "")}`;
    // The first report is shown already, and says of which incident it is.
    expect(await page.textContent("#report-title")).toBe(`A report of incident 1: ${titles[0]?.replace("1. ", "")}`);

    await page.focus(".open-report a >> nth=2");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "report-title");
    expect(await focused()).toBe(third);
    expect(await page.title()).toMatch(/^Incident 3: OOM: \S+ \(pid \d+\) killed$/);
    const top = await page.evaluate(() => document.querySelector("#report-title")?.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(200);
    expect(await barriers(page)).toEqual([]);

    // Tab goes on within the report.
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Back to incident 3");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("#main") !== null)).toBe(true);

    await page.click("text=Back to incident 3");
    await page.waitForFunction(() => document.activeElement?.closest("#incident-3") !== null);
    expect(await focused()).toBe("Show this report");
    expect(await page.title()).toBe("OOM incidents");
    await page.goBack();
    await page.waitForFunction(() => document.activeElement?.id === "report-title");
    expect(await focused()).toBe(third);
    await page.goBack();
    await page.waitForFunction(() => document.activeElement?.closest("#incident-3") !== null);
    expect(await page.title()).toBe("OOM incidents");
    // What is asked for again is shown again, though the address stays.
    await page.goForward();
    await page.waitForFunction(() => document.activeElement?.id === "report-title");
    await page.focus("#incidents .open-report a >> nth=2");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "report-title");
    await close();
  });
});

describe("a page of 50,000 tasks", () => {
  it("sorts, filters and scrolls with few rows at hand", async () => {
    const { page, close } = await openFile(await reportPage(corpus("tasks50k", 0)));
    const rows = (): Promise<number> => page.locator("#tasks tbody tr:not(.spacer)").count();
    expect((await page.textContent("#task-count"))?.replaceAll("\u00a0", " ")).toBe("50,004 rows");
    expect(await rows()).toBeLessThan(80);
    await page.click("#tasks th[data-name=total_vm_pages] button");
    await page.evaluate(() => {
      const scroller = document.querySelector("#tasks .rows");
      if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
    });
    await page.waitForFunction(
      () => document.querySelector("#tasks tbody tr:nth-last-child(2)")?.getAttribute("aria-rowindex") === "50005",
    );
    expect(await rows()).toBeLessThan(80);
    // No column is cut, and the line of the log comes before those that a narrower window cuts.
    const widths = await page.evaluate(() => {
      const { scrollWidth = 0, clientWidth = 0 } = document.querySelector("#tasks .rows") ?? {};
      return scrollWidth - clientWidth;
    });
    expect(widths).toBe(0);
    const heads = await page.locator("#tasks th").allTextContents();
    expect(heads.slice(0, 8)).toEqual([
      "place",
      "name",
      "pid",
      "line",
      "points",
      "rss pages",
      "anon pages",
      "file pages",
    ]);
    expect(heads).toContain("pgtables bytes");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await page.locator("#tasks tbody tr").count()).toBe(100);
    expect(await page.evaluate(() => document.querySelector("#tasks")?.getBoundingClientRect().height)).toBeLessThan(
      8000,
    );
    expect(await page.getAttribute("#tasks .rows", "data-more")).toMatch(/^and 49,904\smore rows$/);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    // A uid as the table prints it, and as kill lines do.
    for (const uid of ["-2", "4294967294"]) {
      await page.fill("#task-filter", uid);
      expect(await page.locator("#tasks tbody tr:not(.spacer) bdi").allTextContents()).toEqual(["big"]);
    }
    await page.fill("#task-filter", "trigger");
    expect(await rows()).toBe(1);
    // Its line of the log, among 50,063.
    await page.click("#tasks tbody a.ref");
    await page.waitForSelector("#log .lit");
    expect(await page.textContent("#log .lit code")).toContain("trigger");
    expect(await page.locator("#log .line").count()).toBeLessThan(80);
    await close();
  }, 240_000);
});
