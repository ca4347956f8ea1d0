export type { ClockOptions } from "./clock/wall-clock.js";
export type { Format, Layer } from "./format.js";
export { prefixFormats } from "./prefixes/index.js";
export { createLineReader, type LineReader, type LineReaderOptions } from "./reader.js";
