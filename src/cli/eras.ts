import { eraTable } from "../kernel/eras/era-table.js";
import { renderErasMarkdown, renderErasText, toErasJson } from "../render/index.js";
import { openOutput } from "./output.js";
import { type ColorChoice, paint, wantsColor, widthOf } from "./terminal.js";

/** The flags of `oomlog eras`, as typed. */
export interface ErasFlags {
  readonly format: "text" | "json" | "markdown";
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly output?: string | undefined;
  readonly color: ColorChoice;
}

/** Writes the rule table. */
export async function writeEras({ format, json, markdown, output: file, color }: ErasFlags): Promise<void> {
  const output = openOutput(file === "-" ? undefined : file);
  const toTerminal = file === undefined ? process.stdout : {};
  const table = eraTable();
  const wanted = json ? "json" : markdown ? "markdown" : format;
  const width = widthOf(toTerminal, process.env);
  const options = { width, paint: wantsColor(color, toTerminal, process.env) ? paint : null };
  const text = {
    text: () => renderErasText(table, options),
    markdown: () => renderErasMarkdown(table),
    json: () => `${JSON.stringify(toErasJson(table), null, 2)}\n`,
  }[wanted]();
  try {
    await output.write(text);
    output.finish();
  } catch (error) {
    output.abandon();
    throw error;
  }
}
