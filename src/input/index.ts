export type { ClockOptions } from "./clock/wall-clock.js";
export { zoneOf } from "./clock/zone.js";
export type { FieldNames } from "./envelopes/envelope.js";
export type { Format, Layer } from "./format.js";
export { formats } from "./formats.js";
export {
  createDirectionSniffer,
  type Direction,
  type DirectionSniffer,
  type Spool,
  type Timed,
} from "./order/direction.js";
export { createLineReader, type LineReader, type LineReaderOptions } from "./reader.js";
export { type NamedPlace, placeOf } from "./records/place.js";
