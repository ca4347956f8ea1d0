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
import { movableLimitOf } from "./what-if-limit.js";

/** Choices of the list of processes; others are named by their pid. */
const LISTED = 200;

/** Longer is no pid that somebody mistyped, but a log pasted into the wrong field: it is not repeated. */
const LONGEST_PID = 20;

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
  const limit = movableLimitOf(analysis);
  const { bytes: limitAsLogged } = limit;
  /** Adjustments by pid. */
  const adjustments = new Map<number, number>();
  let limitBytes: number | null = null;
  const [lowest, highest] = isOld ? [-17, 15] : [-1000, 1000];
  const firstPid = String(replay.chosen?.pid ?? replay.ranking[0]?.pid ?? "");
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
      limitAsLogged === null
        ? h(
            "fieldset",
            {},
            h("legend", {}, limit.title),
            h("span", { id: "what-if-no-limit" }, "The log does not tell it: there is nothing to move from."),
          )
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
                "aria-valuetext": formatBytes(limitAsLogged),
              }),
            ),
            h("output", { id: "what-if-limit-text", for: "what-if-limit" }, `${formatBytes(limitAsLogged)} as logged`),
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
    if (task() === null) pidInput.value = firstPid;
    showTask();
    showLimit();
    answer();
  });
  find("form", section).append(reset);

  function task(): { readonly pid: number; readonly name: string; readonly adj: number } | null {
    const typed = pidInput.value.trim();
    const row = /^[0-9]+$/.test(typed) ? view.rowOf(Number(typed)) : null;
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
    slider.value = adjInput.value = one === null ? "" : String(one.adj);
    find("#what-if-who", section).replaceChildren(
      ...(one === null ? [mount("no such process")] : inline(processWords(one)).map((content) => mount(content))),
    );
  }

  /** What is wrong with what is typed, in words; null when it is a question. */
  function faultOf(): string | null {
    const noProcess = task() === null;
    const noAdj = !noProcess && adjOf(adjInput) === null;
    pidInput.setAttribute("aria-invalid", String(noProcess));
    adjInput.setAttribute("aria-invalid", String(noAdj));
    if (noProcess) {
      const typed = pidInput.value.trim();
      const named =
        typed.length > LONGEST_PID ? "The table of tasks has no such pid" : `The table of tasks has no pid ${typed}`;
      return `${typed === "" ? "No pid is typed" : named}: type that of a process of this report.`;
    }
    return noAdj ? `${adjName} is a whole number from ${lowest} to ${highest}: type one.` : null;
  }

  /** An adjustment as typed; null where the kernel takes no such value. */
  function adjOf({ value }: HTMLInputElement): number | null {
    const adj = Number(value);
    return value !== "" && Number.isInteger(adj) && adj >= lowest && adj <= highest ? adj : null;
  }

  function showLimit(): void {
    const output = section.querySelector("#what-if-limit-text");
    if (output === null || limitAsLogged === null) return;
    const text =
      limitBytes === null
        ? `${formatBytes(limitAsLogged)} as logged`
        : `${formatBytes(limitBytes)} instead of ${formatBytes(limitAsLogged)}`;
    output.textContent = text;
    find("#what-if-limit", section).setAttribute("aria-valuetext", text);
  }

  function edits(): Edit[] {
    const kind = isOld ? "set-old-adj" : "set-adj";
    return [
      ...[...adjustments].map(([pid, adj]): Edit => ({ kind, tasks: { by: "pid", pid }, adj })),
      ...(limitBytes === null ? [] : [{ kind: limit.kind, size: { bytes: limitBytes, relative: false } } as const]),
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
    const fault = faultOf();
    // An answer to another question would be taken for that to this one.
    if (fault !== null) {
      asking.forget();
      place.replaceChildren(build("p", { class: "failure", id: "what-if-fault" }, fault));
      drawing.replaceChildren();
      return;
    }
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

  pidInput.addEventListener("input", () => {
    showTask();
    answerSoon();
  });
  const takeAdj = (): void => {
    const one = task();
    const adj = adjOf(adjInput);
    if (one !== null && adj !== null) adjustments.set(one.pid, adj);
    else if (one !== null) adjustments.delete(one.pid);
    answerSoon();
  };
  slider.addEventListener("input", () => {
    adjInput.value = slider.value;
    takeAdj();
  });
  adjInput.addEventListener("input", () => {
    slider.value = adjInput.value;
    takeAdj();
  });
  section.querySelector<HTMLInputElement>("#what-if-limit")?.addEventListener("input", (event) => {
    const percent = Number((event.target as HTMLInputElement).value);
    const isMoved = limitAsLogged !== null && percent !== 100;
    limitBytes = isMoved ? Math.round((limitAsLogged * percent) / 100 / 4096) * 4096 : null;
    showLimit();
    answerSoon();
  });
  find("form", section).addEventListener("submit", (event) => event.preventDefault());

  pidInput.value = firstPid;
  showTask();
  answer();
  for (const event of ["pointerenter", "focusin"]) section.addEventListener(event, asking.prepare, { once: true });
  return { element: section, stop: asking.stop };
}
