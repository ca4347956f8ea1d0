import type { FieldNames } from "../envelopes/envelope.js";
import { awsConsole, cloudWatchEvent } from "./aws.js";
import { dockerRecord } from "./containers.js";
import { dmesgRecord, fluentBitKmsg } from "./dmesg.js";
import { elasticDocument, elasticsearchHit } from "./elasticsearch.js";
import { genericRecord, namedRecord } from "./generic.js";
import { googleEntry, googleSerial } from "./google.js";
import { gelfRecord } from "./graylog.js";
import { journalEntry, vectorEntry } from "./journal.js";
import { kubernetesEvent } from "./kubernetes.js";
import { lokiLine, lokiStream } from "./loki.js";
import { otlpRecord } from "./otlp.js";
import type { Fields, Found, RecordFormat } from "./record.js";
import { splunkResult, splunkRow } from "./splunk.js";
import { rsyslogRecord, syslogNgRecord } from "./syslog.js";

/** Every kind of object, in the order in which they are tried. A new one is a file and a row here. */
export const recordFormats: readonly RecordFormat[] = [
  vectorEntry,
  journalEntry,
  dmesgRecord,
  fluentBitKmsg,
  dockerRecord,
  rsyslogRecord,
  syslogNgRecord,
  gelfRecord,
  elasticsearchHit,
  splunkResult,
  splunkRow,
  lokiLine,
  lokiStream,
  googleEntry,
  googleSerial,
  awsConsole,
  cloudWatchEvent,
  kubernetesEvent,
  otlpRecord,
  elasticDocument,
  genericRecord,
];

/** The kinds to try where the user named fields: their object first. */
export function recordFormatsFor(fields: FieldNames): readonly RecordFormat[] {
  const named = fields.message ?? fields.host ?? fields.time;
  return named === undefined ? recordFormats : [namedRecord(fields), ...recordFormats];
}

/** Hands an object to the first kind that it fits; false when it fits none. */
export function readRecord(formats: readonly RecordFormat[], fields: Fields, found: Found): boolean {
  const format = formats.find((candidate) => candidate.fits(fields, found.around));
  format?.read(fields, found);
  return format !== undefined;
}
