import type { Note } from "../../model/note.js";
import { h, REPORT_HASH, readingNotes, reportHtml } from "../../render/html/index.js";
import { visible } from "../../render/visible.js";
import { readNotes } from "../embed.js";
import { type ShownReport, shownAnalysis } from "../page-report.js";
import { build, button, find, mount } from "./dom.js";
import { exportMenu } from "./exports.js";
import { incidentsView, type OfIncident } from "./incidents.js";
import { type LogView, logView } from "./log-view.js";
import { openPanel } from "./open-panel.js";
import { reportsNav } from "./reports-nav.js";
import { savePage } from "./save.js";
import { type Entry, embeddedEntries } from "./state.js";
import { taskSection } from "./task-table.js";
import { themeButton } from "./theme.js";
import { type WhatIfSection, whatIfSection } from "./what-if.js";

const INCIDENTS_TITLE = "OOM incidents";

/** Starts the page: with the reports that the file brings, or ready to read some. */
export async function startApp(): Promise<void> {
  const app = find("#app");
  const main = build("main", { id: "main", tabindex: -1 });
  const tools = build("div", { class: "tools" });
  const incidents = incidentsView(document.querySelector("#incidents"));
  const bar = build(
    "header",
    { class: "topbar" },
    h("a", { class: "skip", href: incidents === null ? "#main" : "#incidents" }, "To the answer"),
    h("h1", { class: "wordmark" }, "oomlog"),
  );
  bar.append(tools);
  const theme = themeButton();
  const navPlace = build("div", {});
  const notesPlace = build("div", {});
  const problems = build("ul", { id: "problems", class: "problems", role: "alert" });
  const panel = openPanel({
    problems,
    // What was shown is of another log.
    onStart: close,
    onEntries: (opened, found) => void open(opened, found),
  });
  const noReport = document.querySelector("#no-report");
  const first = noReport ?? incidents?.element ?? null;
  app.append(bar, problems, ...(first === null ? [] : [first]), navPlace, main, notesPlace, panel);

  let entries: readonly Entry[] = [];
  let notes: readonly Note[] = [];
  let nav: ReturnType<typeof reportsNav> = null;
  let log: LogView | undefined;
  let whatIf: WhatIfSection | null = null;
  /** Counts what was asked to be shown: only the last of it is. */
  let asked = 0;
  /** Id of the report that was last opened from an incident. */
  let lastOpened: string | null = null;

  function close(): void {
    asked++;
    entries = [];
    whatIf?.stop();
    whatIf = null;
    first?.remove();
    for (const place of [navPlace, main, notesPlace]) place.replaceChildren();
    tools.replaceChildren(theme);
    document.title = "oomlog";
  }

  async function open(opened: readonly Entry[], found: readonly Note[]): Promise<void> {
    entries = opened;
    notes = found;
    const content = readingNotes(notes);
    notesPlace.replaceChildren(...(content === null ? [] : [mount(content)]));
    nav = reportsNav(
      entries.map(({ head }) => head),
      (index) => void show(index),
    );
    navPlace.replaceChildren(...(nav === null ? [] : [nav.element]));
    if (entries.length === 0) return;
    await show(0);
    // Incidents are read before their reports.
    if (incidents?.element.isConnected === true) return;
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  const loadAll = (): Promise<ShownReport[]> => Promise.all(entries.map((entry) => entry.load()));

  async function show(index: number): Promise<void> {
    const mine = ++asked;
    const entry = entries[index];
    const report = await entry?.load();
    // Another was asked for while this one was unpacked.
    if (entry === undefined || report === undefined || mine !== asked) return;
    nav?.mark(index);
    const ofIncident = incidents?.of(entry.head.id) ?? null;
    render(report, entry, ofIncident);
    tools.replaceChildren(
      exportMenu(report, { count: entries.length, notes, loadAll }),
      button("Save page", () => void savePage(entries, notes), { id: "save" }),
      button("Read a log", () => {
        panel.scrollIntoView();
        find("#paste", panel).focus({ preventScroll: true });
      }),
      theme,
    );
    document.title = ofIncident === null ? titleOf(report) : `${ofIncident.name}: ${titleOf(report)}`;
  }

  function render(report: ShownReport, entry: Entry, ofIncident: OfIncident | null): void {
    const shown = shownAnalysis(report);
    const article = mount(reportHtml(shown)) as HTMLElement;
    whatIf?.stop();
    whatIf = whatIfSection(shown, entry);
    const tasks = taskSection(shown);
    log = logView(nextFrame().then(entry.loadLines), shown.report.source);
    if (whatIf !== null) article.querySelector("#ranking")?.after(whatIf.element);
    const everything = article.querySelector("#everything");
    if (whatIf === null) {
      const none = "What if: the selection can not be run again on what this report shows.";
      article.insertBefore(build("p", { class: "aside", id: "no-what-if" }, none), everything);
    }
    if (tasks !== null) article.insertBefore(tasks, everything);
    article.insertBefore(log.element, everything);
    main.replaceChildren(...(ofIncident === null ? [] : [ofIncident.heading]), article);
  }

  /** Shows the report, or goes back to the incident, that the address names: so the browser's own Back leads there too. */
  async function follow(): Promise<void> {
    if (incidents?.element.isConnected !== true) return;
    const { hash } = location;
    if (hash.startsWith(REPORT_HASH)) {
      const id = hash.slice(REPORT_HASH.length);
      const index = entries.findIndex(({ head }) => head.id === id);
      if (index === -1) return;
      lastOpened = id;
      await show(index);
      main.scrollIntoView();
      find("#report-title", main).focus({ preventScroll: true });
    } else if (hash === "" || hash.startsWith("#incident")) {
      document.title = INCIDENTS_TITLE;
      incidents.focusLink(hash, lastOpened);
    }
  }
  addEventListener("hashchange", () => void follow());
  incidents?.element.addEventListener("click", (event) => {
    // The address does not change where it is asked for again.
    const link = (event.target as Element).closest<HTMLAnchorElement>(`a[href^="${REPORT_HASH}"]`);
    if (link?.hash === location.hash) void follow();
  });

  app.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("a.ref");
    if (link === null || log === undefined) return;
    event.preventDefault();
    log.mark(linesIn(link.dataset["lines"] ?? ""), link);
  });

  tools.append(theme);
  const kept = document.querySelector<HTMLElement>("#notes-data")?.dataset["notes"];
  await open(embeddedEntries(), kept === undefined ? [] : readNotes(kept));
  document.querySelector("#static")?.remove();
  app.hidden = false;
  if (noReport !== null) document.title = "No OOM report";
  if (incidents !== null) document.title = INCIDENTS_TITLE;
  if (location.hash !== "") await follow();
  await nextFrame();
  document.documentElement.dataset["ready"] = "";
  performance.mark("ready");
}

/** Resolves when the next frame has been drawn. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Line numbers from ranges: `12,14-16`. */
function linesIn(ranges: string): number[] {
  return ranges.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function titleOf({ analysis }: ShownReport): string {
  const [killed] = analysis.report.kills;
  return killed === undefined ? "OOM report" : `OOM: ${visible(killed.name)} (pid ${killed.pid}) killed`;
}
