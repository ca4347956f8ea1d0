import type { Note } from "../../model/note.js";
import { h, NO_REPORT_HELP } from "../../render/html/index.js";
import { counted, formatBytes } from "../../render/quantity.js";
import { build, button, find } from "./dom.js";
import type { Source } from "./read-source.js";
import { type Reading, read } from "./reading.js";
import { type Entry, entryOf } from "./state.js";

/** Where logs come in: files dropped or chosen, text pasted. Nothing leaves the browser. */
export function openPanel({
  problems,
  onStart,
  onEntries,
}: {
  /** Gets what could not be read: a list that stands above the answer. */
  readonly problems: HTMLElement;
  readonly onStart: () => void;
  /** Gets what was found, nothing too, when the reading is over or was stopped. */
  readonly onEntries: (entries: readonly Entry[], notes: readonly Note[]) => void;
}): HTMLElement {
  const panel = build(
    "section",
    { id: "open", class: "open-panel", "aria-labelledby": "open-title" },
    h("h2", { id: "open-title" }, "Read a log"),
    h(
      "p",
      {},
      "Finds every kill of the kernel's out-of-memory killer in a log and runs the kernel's own selection again: who was killed, by which limit, why this one, and whether that is confirmed.",
    ),
    h(
      "p",
      {},
      "Drop kernel logs or paste text anywhere on this page, or choose files: ",
      h("code", {}, "dmesg"),
      ", ",
      h("code", {}, "journalctl"),
      ", syslog, console captures, JSON and CSV exports, tickets and mails; gzip too. ",
      h("strong", {}, "Nothing leaves this browser"),
      ": the page has no network access at all.",
    ),
    h(
      "div",
      { class: "tools" },
      h("label", { class: "file" }, "Files ", h("input", { type: "file", id: "files", multiple: true })),
    ),
    h("label", { for: "paste", class: "block" }, "Or paste"),
    h("textarea", {
      id: "paste",
      rows: 6,
      spellcheck: "false",
      autocomplete: "off",
      placeholder: "… invoked oom-killer: gfp_mask=…",
    }),
    h("div", { class: "tools", id: "open-tools" }),
    h("div", { id: "reading", class: "reading", role: "status", "aria-live": "polite" }),
  );
  const paste = find<HTMLTextAreaElement>("#paste", panel);
  const files = find<HTMLInputElement>("#files", panel);
  const status = find("#reading", panel);
  let reading: Reading | undefined;

  async function start(sources: readonly Source[]): Promise<void> {
    reading?.stop();
    onStart();
    const entries: Entry[] = [];
    const notes: Note[] = [];
    problems.replaceChildren();
    const say = (source: string, text: string): void => {
      problems.append(build("li", {}, h("bdi", { class: "log" }, source), `: ${text}`));
    };
    const meter = build("progress", { max: 1, value: 0, "aria-label": "Reading" }) as HTMLProgressElement;
    const text = build("span", {}, "Reading …");
    const stop = button("Stop", () => reading?.stop());
    status.replaceChildren(meter, text, stop);
    const mine = read(sources, {
      onReport: (report) => entries.push(entryOf(report)),
      onNote: (note) => notes.push(note),
      onProblem: say,
      onProgress: ({ source, bytes, of, lines }) => {
        meter.value = of === 0 ? 1 : bytes / of;
        text.replaceChildren(
          build(
            "span",
            {},
            `${source}: ${formatBytes(bytes)} of ${formatBytes(of)}, ${counted(lines, "line")}, ${counted(entries.length, "report")}`,
          ),
        );
      },
    });
    reading = mine;
    try {
      const lines = await mine.done;
      if (reading !== mine) return;
      status.replaceChildren(
        build(
          "p",
          {},
          lines === null
            ? `Stopped; ${counted(entries.length, "report")} so far.`
            : outcomeOf(lines, entries.length, notes),
        ),
      );
    } catch (error) {
      if (reading !== mine) return;
      status.replaceChildren(
        build(
          "p",
          { class: "failure" },
          `Fault of this page, please report it: ${error instanceof Error ? error.message : error}`,
        ),
      );
    }
    onEntries(entries, notes);
  }

  const startFiles = (list: FileList | null): void => {
    const chosen = [...(list ?? [])];
    if (chosen.length > 0)
      void start(chosen.map((file) => ({ name: file.name, blob: file, modifiedAt: file.lastModified })));
  };
  const startText = (text: string, name = "the pasted text"): void => {
    if (text.trim() === "") status.replaceChildren(build("p", {}, "Nothing is pasted: paste a log, or choose files."));
    else void start([{ name, blob: new Blob([text]) }]);
  };

  find("#open-tools", panel).append(
    button("Explain", () => startText(paste.value), { id: "explain", class: "primary" }),
  );
  files.addEventListener("change", () => startFiles(files.files));
  document.addEventListener("paste", (event) => {
    const { clipboardData, target } = event;
    const field = target instanceof Element ? target.closest("input, textarea") : null;
    // Other fields take what is pasted into them.
    if (clipboardData === null || (field !== null && field !== paste)) return;
    const text = clipboardData.getData("text/plain");
    if (text === "" && clipboardData.files.length > 0) {
      event.preventDefault();
      startFiles(clipboardData.files);
      return;
    }
    // More may be typed to a short one; a large one would be laid out by the field before it is read.
    if (field === paste && text.length < 1000) return;
    event.preventDefault();
    // The field stays empty: a part of the text would be explained as if it were all.
    paste.value = "";
    startText(text);
  });
  paste.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) startText(paste.value);
  });
  const over =
    (isOver: boolean) =>
    (event: DragEvent): void => {
      event.preventDefault();
      document.body.classList.toggle("dropping", isOver);
    };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    const { dataTransfer } = event;
    if (dataTransfer === null) return;
    if (dataTransfer.files.length > 0) startFiles(dataTransfer.files);
    else if (dataTransfer.getData("text/plain") !== "")
      startText(dataTransfer.getData("text/plain"), "the dropped text");
  });
  return panel;
}

/** What came of a reading that went to its end, in words. */
function outcomeOf(lines: number, reports: number, notes: readonly Note[]): string {
  if (reports > 0) return `${counted(reports, "report")} in ${counted(lines, "line")}.`;
  if (lines > 0) return `No OOM report in ${counted(lines, "line")}. ${NO_REPORT_HELP}`;
  const empty = notes.filter(({ code }) => code === "empty-source");
  const [first] = empty;
  if (first === undefined) return "Nothing was read: what stands above says why.";
  const what = empty.length === 1 ? `${first.source} is` : `${counted(empty.length, "file")} are`;
  return `Nothing was read: ${what} empty.`;
}
