import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "../house/imports.js";
import { barriers } from "./axe.js";
import { choose, emptyPage, type OpenPage, openFile, saved } from "./open.js";

const k8s = readFileSync(join(root, "samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log"));
const parallel = readFileSync(join(root, "samples/7.3.4+deb13-cloud-amd64_amd64/m2_parallel.log"));

const nested = readFileSync(join(root, "samples/7.3.4+deb13-cloud-amd64_amd64/m2_nested.log"));

const killed = () => (document.querySelector("#main .lead dd")?.textContent ?? "").replaceAll("\u00a0", " ");
const java = "java (pid 29, uid 0): 57.6 MiB resident";

/** The name of a task is changed within its bytes, so that every record keeps its form. */
function renamed(log: Uint8Array, from: string, to: string): string {
  return Buffer.from(log).toString("latin1").replaceAll(from, Buffer.from(to).toString("latin1"));
}

describe("the offline page", () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openFile(await emptyPage());
  });
  afterAll(() => open.close());
  beforeEach(() =>
    open.page.evaluate(() => {
      document.querySelector("#main")?.replaceChildren();
      document.querySelector("#reading")?.replaceChildren();
    }),
  );

  it("reads text that is typed", async () => {
    const { page } = open;
    await page.fill("#paste", k8s.toString());
    await page.click("#explain");
    await page.waitForSelector("#main .answer");
    expect(await page.evaluate(killed)).toBe(java);
  });

  it("reads text that is pasted, at once", async () => {
    const { page } = open;
    await page.fill("#paste", "");
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true });
      document.querySelector("#paste")?.dispatchEvent(pasted);
    }, k8s.toString());
    await page.waitForSelector("#main .answer");
    expect(await page.evaluate(killed)).toBe(java);
  });

  it("reads text that is pasted anywhere on it, and calls it so; what is pasted into another field stays there", async () => {
    const { page } = open;
    const pasteAt = (selector: string): Promise<boolean> =>
      page.evaluate(
        ([at, text]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text ?? "");
          const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true });
          document.querySelector(at ?? "")?.dispatchEvent(pasted);
          return pasted.defaultPrevented;
        },
        [selector, k8s.toString()],
      );
    expect(await pasteAt("body")).toBe(true);
    await page.waitForSelector("#main .answer");
    expect(await page.evaluate(killed)).toBe(java);
    expect(await page.textContent("#main .circumstances")).toContain("the pasted text:1-38");
    await page.waitForSelector("#log .line");
    expect((await page.textContent("#log .aside"))?.replaceAll("\u00a0", " ")).toMatch(/^38 lines of the pasted text/);
    expect(await pasteAt("#task-filter")).toBe(false);
    expect(await page.evaluate(killed)).toBe(java);
  });

  it("reads a file that is pasted", async () => {
    const { page } = open;
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([text], "copied.log"));
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true }));
    }, k8s.toString());
    await page.waitForSelector("#main .answer");
    expect(await page.textContent("#main .circumstances")).toContain("copied.log:1-38");
  });

  it("keeps no part of a pasted text in the field, where it would be explained as if it were all", async () => {
    const { page } = open;
    for (const before of ["", "left from before"]) {
      await page.fill("#paste", before);
      await page.evaluate((text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true });
        document.querySelector("#paste")?.dispatchEvent(pasted);
      }, k8s.toString());
      await page.waitForSelector("#main .answer");
      expect(await page.inputValue("#paste")).toBe("");
      await page.click("#explain");
      expect(await page.textContent("#reading")).toBe("Nothing is pasted: paste a log, or choose files.");
      expect(await page.evaluate(killed)).toBe(java);
      await page.evaluate(() => document.querySelector("#main")?.replaceChildren());
    }
  });

  it("reads files that are dropped anywhere on it", async () => {
    const { page } = open;
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "kern.log"));
      document
        .querySelector(".wordmark")
        ?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, k8s.toString());
    await page.waitForSelector("#main .answer");
    expect(await page.evaluate(killed)).toBe(java);
    expect(await page.textContent("#main .circumstances")).toContain("kern.log:1-38");
  });

  it("reads gzip", async () => {
    await choose(open.page, "kern.log.gz", gzipSync(k8s));
    expect(await open.page.evaluate(killed)).toBe(java);
  });

  it("keeps what came before the damage of a file, and says so", async () => {
    const twice = gzipSync(Buffer.concat([k8s, Buffer.from(`\n${"x".repeat(70_000)}\n`.repeat(20)), k8s]));
    await choose(open.page, "cut.gz", twice.subarray(0, twice.length - 2000));
    expect(await open.page.evaluate(killed)).toBe(java);
    expect(await open.page.textContent("#problems")).toMatch(/^cut\.gz: it could be read up to line \d+ only/);
  });

  it("reads a file of several gzip members, with what is no member left out after them", async () => {
    const [half, rest] = [k8s.subarray(0, 3000), k8s.subarray(3000)];
    await choose(open.page, "kern.log.gz", Buffer.concat([gzipSync(half), gzipSync(rest), Buffer.alloc(512)]));
    expect(await open.page.evaluate(killed)).toBe(java);
    expect(await open.page.textContent("#problems")).toBe("");
  });

  it("leaves no answer of an earlier log standing when another can not be read", async () => {
    for (const [name, bytes] of [
      ["kern.log.xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4])],
      ["other.log", Buffer.from("nothing here\n")],
    ] as const) {
      await choose(open.page, "kern.log", k8s);
      expect(await open.page.evaluate(killed)).toBe(java);
      expect(await open.page.locator("#save").count()).toBe(1);
      await choose(open.page, name, bytes);
      expect(await open.page.textContent("#main")).toBe("");
      expect(await open.page.title()).toBe("oomlog");
      expect(await open.page.locator("#save, #exports").count()).toBe(0);
    }
  });

  it("says what it does not take apart: a tar archive, gzip around it or not", async () => {
    const header = Buffer.alloc(1024);
    header.write("ustar", 257);
    for (const [name, bytes, where] of [
      ["sos.tar", header, ""],
      ["sos.tar.gz", gzipSync(header), ", within gzip"],
    ] as const) {
      await choose(open.page, name, bytes);
      expect(await open.page.textContent("#problems")).toBe(
        `${name}: it is a tar archive${where}, which this page does not unpack: unpack it first, or use oomlog explain`,
      );
    }
  });

  it("says why there is no what if", async () => {
    await choose(open.page, "kill.log", "[ 12.5] Out of memory: Killed process 29 (java) total-vm:4kB, anon-rss:4kB\n");
    expect(await open.page.textContent("#no-what-if")).toContain("can not be run again on what this report shows");
    expect(await open.page.locator("#what-if").count()).toBe(0);
  });

  it("says what it can not unpack", async () => {
    await choose(open.page, "kern.log.xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]));
    expect(await open.page.textContent("#problems")).toBe(
      "kern.log.xz: it is packed with xz, which this page does not unpack: unpack it first, or use oomlog explain",
    );
  });

  it("says which file is empty, packed or not, and of which nothing could be read", async () => {
    const { page } = open;
    for (const [name, bytes] of [
      ["empty.log", ""],
      ["empty.log.gz", gzipSync("")],
    ] as const) {
      await choose(page, name, bytes);
      expect(await page.textContent("#reading")).toBe(`Nothing was read: ${name} is empty.`);
      expect(await page.textContent("#reading-notes li")).toBe(`${name}: It is empty.`);
      expect(await page.textContent("#problems")).toBe("");
    }
    await choose(page, "bad.gz", gzipSync(k8s).subarray(0, 14));
    expect(await page.textContent("#problems")).toBe(
      "bad.gz: nothing of it could be read: the gzip data ends too early",
    );
    expect(await page.textContent("#reading")).toBe("Nothing was read: what stands above says why.");
  });

  it("says that there is no report", async () => {
    await choose(open.page, "other.log", "nothing here\n");
    expect(await open.page.textContent("#reading")).toMatch(/^No OOM report in 1\u00a0line\. A report begins with/);
  });

  it("reads UTF-16 as PowerShell writes it", async () => {
    await choose(open.page, "utf16.log", Buffer.from(`\ufeff${k8s.toString()}`, "utf16le"));
    expect(await open.page.evaluate(killed)).toBe(java);
  });

  it("shows what must be said of the reading", async () => {
    await choose(open.page, "year.log", readFileSync(join(root, "samples/formats/rfc3164.txt")));
    expect(await open.page.textContent("#reading-notes")).toContain("The stamps have no year");
  });

  it("lists several reports, and shows the one that is picked", async () => {
    const { page } = open;
    await choose(page, "parallel.log", parallel);
    const rows = await page.locator(".report-row").count();
    expect(rows).toBeGreaterThan(1);
    const { text } = await saved(page, "[data-export=json-all]");
    expect(JSON.parse(text).analyses).toHaveLength(rows);
    const first = await page.evaluate(killed);
    await page.locator(".report-row").nth(1).click();
    await page.waitForFunction(
      (was) => (document.querySelector("#main .lead dd")?.textContent ?? "").replaceAll("\u00a0", " ") !== was,
      first,
    );
    expect(await page.locator(".report-row").nth(1).getAttribute("aria-current")).toBe("true");
    expect(await page.locator(".timeline circle.current").getAttribute("data-index")).toBe("1");
    await page.setViewportSize({ width: 360, height: 740 });
    const victims = await page.evaluate(() =>
      [...document.querySelectorAll(".report-row .victim")].map((victim) => victim.getBoundingClientRect()),
    );
    for (const { left, right, height } of victims) {
      expect(left + 60).toBeLessThan(right);
      expect(right).toBeLessThanOrEqual(360);
      expect(height).toBeLessThan(30);
    }
    const next = page.locator('.report-row[data-index="0"]');
    await next.focus();
    // Another width of the window leaves the focus where it is.
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-index"))).toBe("0");
    await page.keyboard.press("Enter");
    await page.waitForSelector('.report-row[data-index="0"][aria-current]');
    // The focus stays on the row, which was drawn anew.
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-index"))).toBe("0");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light", media: "print" });
    const [ink, paper] = await page.evaluate(() => {
      document.documentElement.dataset["theme"] = "dark";
      const style = getComputedStyle(document.documentElement);
      return ["--good", "--panel"].map((name) => style.getPropertyValue(name).trim());
    });
    expect([ink, paper]).toEqual(["#1d6b3a", "#fff"]);
    await page.evaluate(() => delete document.documentElement.dataset["theme"]);
    await page.emulateMedia({ media: "screen" });
  });

  it("says why there is no line of time: two hosts whose logs tell no time of day", async () => {
    const { page } = open;
    await page.setInputFiles("#files", [
      { name: "a.log", mimeType: "text/plain", buffer: k8s },
      { name: "b.log", mimeType: "text/plain", buffer: parallel },
    ]);
    await page.waitForSelector("#no-timeline");
    expect(await page.textContent("#no-timeline")).toBe(
      "No timeline: no report bears a time of day, and the clocks since boot of several hosts, logs or boots tell nothing of each other.",
    );
    expect(await page.locator(".report-row .origin").allTextContents()).toEqual(["a.log", "b.log", "b.log"]);
  });

  it("keeps the columns of the list under each other where some reports bear no time of day", async () => {
    const { page } = open;
    const stamped = k8s.toString("latin1").replaceAll(/^(?=.)/gm, "2026-02-12T10:00:00+00:00 web-1 kernel: ");
    await page.setInputFiles("#files", [
      { name: "a.log", mimeType: "text/plain", buffer: Buffer.from(stamped, "latin1") },
      { name: "b.log", mimeType: "text/plain", buffer: parallel },
    ]);
    await page.waitForSelector("#no-timeline");
    const lefts = await page.evaluate(() =>
      [...document.querySelectorAll(".report-row .verdict-word")].map((word) => word.getBoundingClientRect().left),
    );
    expect(lefts.length).toBe(3);
    expect(new Set(lefts).size).toBe(1);
  });

  it("marks the report that is shown, and the lines of evidence, where colours are forced", async () => {
    const { page } = open;
    await choose(page, "b.log", parallel);
    await page.waitForSelector(".report-row[aria-current]");
    await page.click("#main a.ref");
    await page.waitForSelector("#log .lit");
    await page.emulateMedia({ forcedColors: "active" });
    const grounds = await page.evaluate(() =>
      [".report-row[aria-current]", ".report-row:not([aria-current])", "#log .lit", "#log .line:not(.lit)"].map(
        (selector) => {
          const found = document.querySelector(selector);
          if (found === null) throw new Error(`no ${selector}`);
          const { forcedColorAdjust, backgroundColor } = getComputedStyle(found);
          // Only what is taken out of the forcing keeps a ground of its own.
          return forcedColorAdjust === "none" ? backgroundColor : "forced";
        },
      ),
    );
    await page.emulateMedia({ forcedColors: "none" });
    const [current, other, lit, line] = grounds;
    expect([other, line]).toEqual(["forced", "forced"]);
    expect(current).not.toBe("forced");
    expect(lit).toBe(current);
  });

  it("shows of several hosts and files which report is of which, on one line of time by the time of day", async () => {
    const { page } = open;
    const stamped = (log: Buffer, stamp: string, host: string): Buffer =>
      Buffer.from(log.toString("latin1").replaceAll(/^(?=.)/gm, `${stamp} ${host} kernel: `), "latin1");
    await page.setInputFiles("#files", [
      { name: "web.log", mimeType: "text/plain", buffer: stamped(k8s, "2026-02-12T10:00:00+00:00", "web-1") },
      { name: "db.log", mimeType: "text/plain", buffer: stamped(parallel, "2026-02-12T11:00:00+00:00", "db-1") },
      { name: "more.log", mimeType: "text/plain", buffer: stamped(nested, "2026-02-12T10:30:00+00:00", "web-1") },
    ]);
    await page.waitForSelector(".timeline");
    expect(await page.locator(".report-row .origin").allTextContents()).toEqual([
      "web-1, web.log",
      "db-1, db.log",
      "db-1, db.log",
      "web-1, more.log",
      "web-1, more.log",
    ]);
    expect(await page.locator(".timeline figcaption span").allTextContents()).toEqual([
      "2026-02-12 10:00:00 UTC",
      "2026-02-12 11:00:00 UTC",
    ]);
    const dots = await page.evaluate(() =>
      [...document.querySelectorAll(".timeline circle")].map((dot) => dot.getAttribute("cx")),
    );
    expect(dots).toEqual(["0", "1000", "1000", "500", "500"]);
    expect(await page.textContent(".timeline circle[data-index='3'] title")).toMatch(
      /^4\. 2026-02-12 10:30:00 UTC, web-1, more\.log: /,
    );
    // On a phone the origin has a line of its own.
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.locator(".report-row .origin").first().isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("takes names of markup, scripts, terminals and bidi for text", async () => {
    const { page } = open;
    for (const [name, shown] of [
      ["<img src=x>", "<img src=x>"],
      ["</script><b>", "</script><b>"],
      ["\u202egpj.exe", "\\u202egpj.exe"],
      ["\u001b[31mred", "\\x1b[31mred"],
      ["&lt;\"'", "&lt;\"'"],
    ] as const) {
      await choose(page, `${name}.log`, Buffer.from(renamed(k8s, "java", name), "latin1"));
      const text = (await page.textContent("#main")) ?? "";
      if (!name.includes("\u001b")) expect(text).toContain(shown);
      expect(text).not.toMatch(/[\u001b\u202e]/);
      expect(await page.title()).not.toMatch(/[\u001b\u202e]/);
      expect(await page.locator("#app img, #app script, #app b").count()).toBe(0);
    }
  });

  it("takes a path of markup for text", async () => {
    const path = "/kubepods.slice/<img src=x onerror=document.title='hit'>";
    await choose(open.page, "path.log", renamed(k8s, "/kubepods.slice", path));
    expect(await open.page.textContent("#cgroup")).toContain("<img src=x onerror=document.title='hit'>");
    expect(await open.page.title()).toBe("OOM: java (pid 29) killed");
  });
});
