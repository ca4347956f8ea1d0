import type { Analysis } from "../../model/analysis.js";
import type { Edit } from "../../model/what-if.js";
import { viewOf } from "../../render/content/view.js";
import { h, inline } from "../../render/html/index.js";
import { formatBytes } from "../../render/quantity.js";
import { processWords } from "../../render/words.js";
import { askingOf } from "./asking.js";
import { build, button, find, mount } from "./dom.js";
import type { Entry } from "./state.js";
import type { WhatIfAnswer } from "./what-if-answer.js";

/** Choices of the list of processes; others are named by their pid. */
const LISTED = 200;

/** While what is decided is being worked out. */
const WAIT = "The selection is being run again …";

export interface WhatIfSection {
  readonly element: HTMLElement;
  /** Ends what goes on in the background. */
  stop(): void;
}

/** What if: another oom_score_adj, another limit; who is picked then, at once. Null where nothing can be run again. */
export function whatIfSection(analysis: Analysis, entry: Entry): WhatIfSection | null {
  const { scenario, replay } = analysis;
  if (scenario === null || replay === null || replay.ranking.length === 0) return null;
  const view = viewOf(analysis);
  const isOld = scenario.traits.pointsRule === "legacy";
  const limit = limitOf(analysis);
  /** Adjustments by pid. */
  const adjustments = new Map<number, number>();
  let limitBytes: number | null = null;
  const [lowest, highest] = isOld ? [-17, 15] : [-1000, 1000];
  const adjName = isOld ? "oom_adj" : "oom_score_adj";

  const section = build(
    "section",
    { id: "what-if", class: "what-if-section", "aria-labelledby": "what-if-title" },
    h("h2", { id: "what-if-title" }, "What if"),
    h(
      "form",
      { class: "what-if" },
      h(
        "fieldset",
        {},
        h("legend", {}, adjName),
        h(
          "label",
          {},
          "Process ",
          h("input", { id: "what-if-pid", list: "what-if-pids", inputmode: "numeric", autocomplete: "off", size: 10 }),
        ),
        h(
          "datalist",
          { id: "what-if-pids" },
          replay.ranking.slice(0, LISTED).map(({ pid, name }) => h("option", { value: pid }, name)),
        ),
        h(
          "label",
          {},
          h("span", { class: "hidden" }, `${adjName}, slider`),
          h("input", { id: "what-if-slider", type: "range", min: lowest, max: highest, step: 1 }),
        ),
        h(
          "label",
          {},
          h("span", { class: "hidden" }, adjName),
          h("input", { id: "what-if-adj", type: "number", min: lowest, max: highest, step: 1 }),
        ),
        h("output", { id: "what-if-who", for: "what-if-pid" }),
      ),
      limit === null
        ? null
        : h(
            "fieldset",
            {},
            h("legend", {}, limit.title),
            h(
              "label",
              {},
              h("span", { class: "hidden" }, `${limit.title}, slider`),
              h("input", {
                id: "what-if-limit",
                type: "range",
                min: 10,
                max: 400,
                step: 1,
                value: 100,
                "aria-valuetext": formatBytes(limit.bytes),
              }),
            ),
            h("output", { id: "what-if-limit-text", for: "what-if-limit" }, `${formatBytes(limit.bytes)} as logged`),
          ),
    ),
    h("div", { id: "what-if-answer", "aria-live": "polite" }),
    h("div", { id: "what-if-ranking" }),
  );
  const pidInput = find<HTMLInputElement>("#what-if-pid", section);
  const slider = find<HTMLInputElement>("#what-if-slider", section);
  const adjInput = find<HTMLInputElement>("#what-if-adj", section);
  const reset = button("As it was", () => {
    adjustments.clear();
    limitBytes = null;
    for (const input of section.querySelectorAll<HTMLInputElement>("#what-if-limit")) input.value = "100";
    showTask();
    showLimit();
    answer();
  });
  find("form", section).append(reset);

  function task(): { readonly pid: number; readonly name: string; readonly adj: number } | null {
    const pid = Number(pidInput.value);
    const row = pidInput.value === "" ? null : view.rowOf(pid);
    if (row === null) return null;
    return {
      pid: row.tgid,
      name: row.name,
      adj: adjustments.get(row.tgid) ?? (isOld ? row.oomAdj : row.oomScoreAdj) ?? 0,
    };
  }

  function showTask(): void {
    const one = task();
    slider.disabled = adjInput.disabled = one === null;
    slider.value = adjInput.value = String(one?.adj ?? 0);
    find("#what-if-who", section).replaceChildren(
      ...(one === null ? [mount("no such process")] : inline(processWords(one)).map((content) => mount(content))),
    );
  }

  function showLimit(): void {
    const output = section.querySelector("#what-if-limit-text");
    if (output === null || limit === null) return;
    const text =
      limitBytes === null
        ? `${formatBytes(limit.bytes)} as logged`
        : `${formatBytes(limitBytes)} instead of ${formatBytes(limit.bytes)}`;
    output.textContent = text;
    find("#what-if-limit", section).setAttribute("aria-valuetext", text);
  }

  function edits(): Edit[] {
    const kind = isOld ? "set-old-adj" : "set-adj";
    return [
      ...[...adjustments].map(([pid, adj]): Edit => ({ kind, tasks: { by: "pid", pid }, adj })),
      ...(limitBytes === null || limit === null
        ? []
        : [{ kind: limit.kind, size: { bytes: limitBytes, relative: false } } as const]),
    ];
  }

  const place = find("#what-if-answer", section);
  const drawing = find("#what-if-ranking", section);
  const asking = askingOf(entry.subject, show, (reason) =>
    place.replaceChildren(build("p", { class: "failure" }, `Fault of this page, please report it: ${reason}`)),
  );

  function show({ words, ranking }: WhatIfAnswer): void {
    if (words === null) place.replaceChildren(build("p", { class: "aside" }, WAIT));
    else place.replaceChildren(...words.map((one) => mount(one)));
    drawing.replaceChildren(...(ranking === null ? [] : [mount(ranking)]));
  }

  let frame = 0;
  /** Has the selection run when the pointer rests for a frame. */
  function answerSoon(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(answer);
  }

  function answer(): void {
    const asked = edits();
    if (asked.length > 0) {
      if (place.querySelector(".outcome") === null) place.replaceChildren(build("p", { class: "aside" }, WAIT));
      asking.ask(asked);
      return;
    }
    asking.forget();
    place.replaceChildren(
      build("p", { class: "aside" }, "Move a value, and the kernel's selection is run again as it would have been."),
    );
    drawing.replaceChildren();
  }

  pidInput.addEventListener("input", showTask);
  const setAdj = (typed: string): void => {
    const one = task();
    const adj = Math.round(Number(typed));
    if (one === null || typed === "" || !Number.isFinite(adj)) return;
    adjustments.set(one.pid, Math.min(highest, Math.max(lowest, adj)));
    answerSoon();
  };
  slider.addEventListener("input", () => {
    adjInput.value = slider.value;
    setAdj(slider.value);
  });
  adjInput.addEventListener("input", () => {
    slider.value = adjInput.value;
    setAdj(adjInput.value);
  });
  section.querySelector<HTMLInputElement>("#what-if-limit")?.addEventListener("input", (event) => {
    const percent = Number((event.target as HTMLInputElement).value);
    limitBytes = limit === null || percent === 100 ? null : Math.round((limit.bytes * percent) / 100 / 4096) * 4096;
    showLimit();
    answerSoon();
  });
  find("form", section).addEventListener("submit", (event) => event.preventDefault());

  pidInput.value = String(replay.chosen?.pid ?? replay.ranking[0]?.pid ?? "");
  showTask();
  answer();
  for (const event of ["pointerenter", "focusin"]) section.addEventListener(event, asking.prepare, { once: true });
  return { element: section, stop: asking.stop };
}

/** The limit that can be moved: the cgroup's, or the machine's memory. */
function limitOf({
  report,
  accounting,
}: Analysis): { readonly kind: "memory-max" | "total-ram"; readonly title: string; readonly bytes: number } | null {
  if (accounting === undefined) return null;
  if (report.constraint === "CONSTRAINT_MEMCG") {
    const pages = accounting.memcg?.limit?.pages;
    return pages === undefined
      ? null
      : { kind: "memory-max", title: "Limit of the cgroup", bytes: Math.round(pages * accounting.pageSizeBytes) };
  }
  const total = accounting.balance?.total;
  return total === undefined
    ? null
    : { kind: "total-ram", title: "Memory of the machine", bytes: Math.round(total.pages * accounting.pageSizeBytes) };
}
