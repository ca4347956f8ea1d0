import type { FieldNames } from "../envelopes/envelope.js";
import { firstMessage } from "./collector.js";
import { HOST_NAMES, MESSAGE_NAMES } from "./generic.js";
import { type Fields, textAt, valueAt } from "./record.js";

/** Where a record of a stream belongs. */
export interface NamedPlace {
  /** The host that it names, or null. */
  readonly host: string | null;
  /** Whether it has a message. */
  readonly hasMessage: boolean;
  /** As given, or null. */
  readonly partition: string | number | null;
  readonly offset: string | number | null;
}

/** What a stream's own fields say of a record, before anything is read of its message. */
export function placeOf(fields: Fields, names: FieldNames): NamedPlace {
  return {
    host: textAt(fields, ...(names.host === undefined ? ["_HOSTNAME", ...HOST_NAMES] : [names.host])),
    hasMessage: firstMessage(fields, names.message === undefined ? MESSAGE_NAMES : [names.message]) !== null,
    partition: scalarAt(fields, "partition"),
    offset: scalarAt(fields, "offset"),
  };
}

function scalarAt(fields: Fields, name: string): string | number | null {
  const value = valueAt(fields, name);
  return typeof value === "string" || typeof value === "number" ? value : null;
}
