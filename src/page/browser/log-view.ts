import type { TextLine } from "../../model/report.js";
import { h, logLine } from "../../render/html/index.js";
import { counted } from "../../render/quantity.js";
import { build, button, find, mount } from "./dom.js";
import { virtualRows } from "./virtual-rows.js";

/** The log with the lines that some statement rests on marked. */
export interface LogView {
  readonly element: HTMLElement;
  /** Marks lines and brings the first into view; a button, or Escape, leads back to where they were asked for. */
  mark(lines: readonly number[], from: HTMLElement): void;
}

/** @param loading The lines: those of a large log come after the answer. */
export function logView(loading: Promise<readonly TextLine[]>, source: string): LogView {
  let sorted: readonly TextLine[] = [];
  const element = build(
    "section",
    { id: "log", class: "log-section", "aria-labelledby": "log-title" },
    h("h2", { id: "log-title" }, "The log"),
    h(
      "p",
      { class: "aside" },
      h("span", { class: "log-count" }, "The lines"),
      " of ",
      source === "-" ? "standard input" : h("bdi", { class: "log" }, source),
      " ",
      h("span", { class: "log-back" }),
    ),
    h(
      "div",
      { class: "rows log-lines", tabindex: 0, role: "group", "aria-label": "Lines of the log, scrolls" },
      h("div", { class: "log-body" }),
    ),
    h("p", { class: "hidden", "aria-live": "polite", id: "log-said" }),
  );
  const scroller = find(".rows", element);
  let asked: HTMLElement | null = null;
  const goBack = (): void => {
    asked?.scrollIntoView({ block: "center" });
    asked?.focus({ preventScroll: true });
    asked = null;
    back.hidden = true;
  };
  const back = button("Back to where it was referred to", goBack);
  back.hidden = true;
  find(".log-back", element).append(back);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") goBack();
  });
  let marked: ReadonlySet<number> = new Set();
  const draw = (index: number): HTMLElement => {
    const line = sorted[index];
    const row = mount(line === undefined ? h("div", {}) : logLine(line)) as HTMLElement;
    if (line !== undefined && marked.has(line.line)) row.classList.add("lit");
    return row;
  };
  const virtual = virtualRows(scroller, find(".log-body", element), draw, () =>
    build("div", { "aria-hidden": "true" }),
  );
  const loaded = loading.then((lines) => {
    sorted = lines.toSorted((a, b) => a.line - b.line);
    find(".log-count", element).textContent = counted(sorted.length, "line");
    virtual.refresh(sorted.length);
    performance.mark("log");
  });
  loaded.catch((error: unknown) => {
    find(".log-count", element).textContent = `Fault of this page, please report it (${error}): no lines`;
  });

  function show(from: HTMLElement): void {
    const first = sorted.findIndex(({ line }) => marked.has(line));
    if (first === -1) return;
    asked = from;
    back.hidden = false;
    element.scrollIntoView({ block: "nearest" });
    virtual.show(first);
    scroller.focus({ preventScroll: true });
    const said = sorted.filter(({ line }) => marked.has(line)).slice(0, 3);
    find("#log-said", element).replaceChildren(...said.map(({ line, text }) => mount(`Line ${line}: ${text}. `)));
  }

  return {
    element,
    mark(wanted, from) {
      marked = new Set(wanted);
      void loaded.then(
        () => show(from),
        () => {},
      );
    },
  };
}
