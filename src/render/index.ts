/** Analyses as text, Markdown and JSON: pure functions of the model. */
export type { ExplainOptions } from "./content/explain.js";
export { renderErasMarkdown, renderErasText, toErasJson } from "./eras.js";
export { explanationGlossary, renderGlossary } from "./glossary.js";
export { type Plain, plain } from "./json/plain.js";
export { jsonText, modelText } from "./json/text.js";
export { type JsonOptions, SCHEMA_VERSION, toJson, toJsonText, toListJson } from "./json/to-json.js";
export { listMarkdownHead, renderListMarkdown } from "./list/markdown.js";
export { renderListText } from "./list/text.js";
export { renderMarkdown } from "./render-markdown.js";
export { renderText, type TextOptions } from "./render-text.js";
export { toReplayJson } from "./replay-json.js";
export { TOP_ROWS } from "./replay-sections.js";
export { renderPolicyMarkdown, renderPolicyText, renderReplayMarkdown, renderReplayText } from "./replay-text.js";
export type { PrintOptions } from "./text/print.js";
export type { Paint } from "./text/style.js";
