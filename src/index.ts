/**
 * The core of oomlog: from lines of a log to analyses, and from analyses to answers. It runs in browsers as on Node.
 *
 * @packageDocumentation
 */
export {
  type Analyser,
  type AnalyserOptions,
  type AnalysisOverrides,
  analyseReport,
  createAnalyser,
} from "./analyse.js";
export { type AnalyseStreamOptions, analyseStream, type ChunkReader, type Chunks } from "./analyse-stream.js";
export { createLineReader, type LineReader, type LineReaderOptions } from "./input/index.js";
export type * from "./model/analysis.js";
export type * from "./model/finding.js";
export type * from "./model/incident.js";
export type * from "./model/log-line.js";
export type * from "./model/machine.js";
export type * from "./model/note.js";
export type * from "./model/replay.js";
export type * from "./model/report.js";
export type * from "./model/traits.js";
export type * from "./model/units.js";
export type * from "./model/verdict.js";
export type * from "./model/what-if.js";
export {
  type Cell,
  type ColumnHead,
  type ColumnType,
  incidentTable,
  type ReportTable,
  reportTables,
  type TableName,
} from "./render/columns/index.js";
export {
  type ExplainOptions,
  type JsonOptions,
  type Paint,
  type Plain,
  type PrintOptions,
  renderMarkdown,
  renderText,
  type TextOptions,
  toJson,
} from "./render/index.js";
export { renderTriageMarkdown, renderTriageText, toTriageJson } from "./render/triage.js";
export {
  askWhatIf,
  EditError,
  type Followed,
  Followers,
  holdAgainst,
  type Policy,
  PolicyTally,
  parseAdd,
  parsePolicy,
  parseSelector,
  parseSet,
  parseSize,
  parseSizeChange,
  type Question,
  type WhatIfOptions,
} from "./replay/what-if/index.js";
export {
  createStage,
  type DeadReason,
  type Offset,
  type Stage,
  type StageBounds,
  type StageOptions,
  type StageOutput,
} from "./stage.js";
export { createTriager, type GroupField, type TriageOptions, type Triager } from "./triage/index.js";
