import type { Note } from "../../model/note.js";
import { h, readingNotes, reportHtml } from "../../render/html/index.js";
import { visible } from "../../render/visible.js";
import { type PageReport, shownAnalysis } from "../page-report.js";
import { build, button, find, mount } from "./dom.js";
import { exportMenu } from "./exports.js";
import { type LogView, logView } from "./log-view.js";
import { openPanel } from "./open-panel.js";
import { reportsNav } from "./reports-nav.js";
import { savePage } from "./save.js";
import { type Entry, embeddedEntries } from "./state.js";
import { taskSection } from "./task-table.js";
import { themeButton } from "./theme.js";
import { whatIfSection } from "./what-if.js";

/** Starts the page: with the reports that the file brings, or ready to read some. */
export async function startApp(): Promise<void> {
  const app = find("#app");
  const main = build("main", { id: "main", tabindex: -1 });
  const tools = build("div", { class: "tools" });
  const bar = build(
    "header",
    { class: "topbar" },
    h("a", { class: "skip", href: "#main" }, "To the answer"),
    h("h1", { class: "wordmark" }, "oomlog"),
  );
  bar.append(tools);
  const panel = openPanel((entries, notes) => {
    // What the file brought belongs to its reports.
    incidents?.remove();
    say(notes);
    void open(entries);
  });
  const navPlace = build("div", {});
  const notesPlace = build("div", {});
  const incidents = document.querySelector("#incidents");
  app.append(bar, ...(incidents === null ? [] : [incidents]), navPlace, main, notesPlace, panel);

  let entries: readonly Entry[] = [];
  let nav: ReturnType<typeof reportsNav> = null;
  let log: LogView | undefined;

  async function open(opened: readonly Entry[]): Promise<void> {
    entries = opened;
    nav = reportsNav(
      entries.map(({ head }) => head),
      (index) => void show(index),
    );
    navPlace.replaceChildren(...(nav === null ? [] : [nav.element]));
    await show(0);
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function say(notes: readonly Note[]): void {
    const content = readingNotes(notes);
    notesPlace.replaceChildren(...(content === null ? [] : [mount(content)]));
  }

  const loadAll = (): Promise<PageReport[]> => Promise.all(entries.map((entry) => entry.load()));

  let asked = 0;
  async function show(index: number): Promise<void> {
    const mine = ++asked;
    const report = await entries[index]?.load();
    // Another was asked for while this one was unpacked.
    if (report === undefined || mine !== asked) return;
    nav?.mark(index);
    render(report);
    tools.replaceChildren(
      exportMenu(report, entries.length > 1 ? loadAll : null),
      button("Save page", () => void loadAll().then(savePage), { id: "save" }),
      button("Read a log", () => {
        panel.scrollIntoView();
        find("#paste", panel).focus({ preventScroll: true });
      }),
      theme,
    );
    document.title = incidents?.isConnected === true ? "OOM incidents" : titleOf(report);
  }

  function render(report: PageReport): void {
    const { analysis, lines } = report;
    const article = mount(reportHtml(shownAnalysis(report))) as HTMLElement;
    const whatIf = whatIfSection(report);
    const tasks = taskSection(analysis);
    log = logView(lines, analysis.report.source);
    if (whatIf !== null) article.querySelector("#ranking")?.after(whatIf);
    const everything = article.querySelector("#everything");
    if (whatIf === null) {
      const none = "What if: the selection can not be run again on what this report shows.";
      article.insertBefore(build("p", { class: "aside", id: "no-what-if" }, none), everything);
    }
    if (tasks !== null) article.insertBefore(tasks, everything);
    article.insertBefore(log.element, everything);
    main.replaceChildren(article);
  }

  incidents?.addEventListener("click", (event) => {
    const id = (event.target as Element).closest("[data-report]")?.getAttribute("data-report");
    const index = entries.findIndex(({ head }) => head.id === id);
    if (index === -1) return;
    event.preventDefault();
    void show(index).then(() => main.scrollIntoView());
  });

  app.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("a.ref");
    if (link === null || log === undefined) return;
    event.preventDefault();
    log.mark(linesIn(link.dataset["lines"] ?? ""));
  });

  const theme = themeButton();
  tools.append(theme);
  const embedded = embeddedEntries();
  if (embedded.length > 0) await open(embedded);
  const embeddedNotes = document.querySelector("#reading-notes");
  if (embeddedNotes !== null) notesPlace.append(embeddedNotes);
  const ids = new Set(entries.map(({ head }) => head.id));
  for (const link of incidents?.querySelectorAll("[data-report]") ?? []) {
    if (!ids.has(link.getAttribute("data-report") ?? "")) link.remove();
  }
  document.querySelector("#static")?.remove();
  app.hidden = false;
  document.documentElement.dataset["ready"] = "";
  performance.mark("ready");
}

/** Line numbers from ranges: `12,14-16`. */
function linesIn(ranges: string): number[] {
  return ranges.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function titleOf({ analysis }: PageReport): string {
  const [killed] = analysis.report.kills;
  return killed === undefined ? "OOM report" : `OOM: ${visible(killed.name)} (pid ${killed.pid}) killed`;
}
