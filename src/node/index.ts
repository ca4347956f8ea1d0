/**
 * oomlog on Node: files, directories and streams in front of the core, and tables as files.
 *
 * @packageDocumentation
 */
export { type AnalyseSourceOptions, analyseSource } from "./analyse-source.js";
export type { UnpackLimits } from "./containers/limits.js";
export { type Chunk, type OpenTable, openTable, type TableFormat, type TableWriter } from "./export/index.js";
export { type FindSourcesOptions, findSources } from "./find-sources.js";
export { type ReadLinesOptions, readLines } from "./read-lines.js";
export type { Source, SourceProblem } from "./source.js";
export { type UnpackOptions, unpack } from "./unpack.js";
