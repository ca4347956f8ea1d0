/** Analyses as pages: content that is written as HTML or built by a browser. */
export { bar } from "./bar.js";
export { block, factList, inline, lineLink, logText, section } from "./blocks.js";
export { type Child, type Content, type Element, h } from "./element.js";
export { logHtml, logLine } from "./log.js";
export { NO_REPORT_HELP, noReport } from "./no-report.js";
export { type Fates, rankingFigure } from "./ranking.js";
export { readingNotes } from "./reading-notes.js";
export { answerHtml, reportHtml } from "./report.js";
export { escapeHtml, pageText, serialize } from "./serialize.js";
export { type TaskColumn, type TaskTable, taskCell, taskHead, tasksHtml, taskTable, unsignedUid } from "./tasks.js";
export { REPORT_HASH, triageHtml } from "./triage.js";
