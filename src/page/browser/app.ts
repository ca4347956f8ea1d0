import { h, reportHtml } from "../../render/html/index.js";
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
    "div",
    { class: "topbar" },
    h("a", { class: "skip", href: "#main" }, "To the answer"),
    h("span", { class: "wordmark" }, "oomlog"),
  );
  bar.append(tools);
  const panel = openPanel((entries) => void open(entries));
  const navPlace = build("div", {});
  app.append(bar, navPlace, main, panel);

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

  async function show(index: number): Promise<void> {
    const report = await entries[index]?.load();
    if (report === undefined) return;
    nav?.mark(index);
    render(report);
    tools.replaceChildren(
      exportMenu(report),
      button("Save page", () => void Promise.all(entries.map((entry) => entry.load())).then(savePage), { id: "save" }),
      button("Read a log", () => {
        panel.scrollIntoView();
        find("#paste", panel).focus({ preventScroll: true });
      }),
      theme,
    );
    document.title = titleOf(report);
  }

  function render(report: PageReport): void {
    const { analysis, lines } = report;
    const article = mount(reportHtml(shownAnalysis(report))) as HTMLElement;
    const whatIf = whatIfSection(report);
    const tasks = taskSection(analysis);
    log = logView(lines, analysis.report.source);
    if (whatIf !== null) article.querySelector("#ranking")?.after(whatIf);
    const everything = article.querySelector("#everything");
    if (tasks !== null) article.insertBefore(tasks, everything);
    article.insertBefore(log.element, everything);
    main.replaceChildren(article);
  }

  app.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("a.ref");
    if (link === null || log === undefined) return;
    event.preventDefault();
    log.mark((link.dataset["lines"] ?? "").split(",").map(Number));
  });

  const theme = themeButton();
  tools.append(theme);
  const embedded = embeddedEntries();
  if (embedded.length > 0) await open(embedded);
  document.querySelector("#static")?.remove();
  app.hidden = false;
  document.documentElement.dataset["ready"] = "";
}

function titleOf({ analysis }: PageReport): string {
  const [killed] = analysis.report.kills;
  return killed === undefined ? "OOM report" : `OOM: ${killed.name} (pid ${killed.pid}) killed`;
}
