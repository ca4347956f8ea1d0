import {
  type Dress,
  eachLine,
  HOST,
  isoTime,
  LEVELS,
  MILLISECOND_USEC,
  SECOND_USEC,
  stamped,
  syslogDate,
} from "./dress.js";
import { entryOf } from "./journal.js";

const BOOT = { uptimeUsec: 1_444_066 };
const EXACT = { wallUsec: 1_792_231_387_866_956 };
const json = JSON.stringify;

function zulu(at: number): string {
  return `${isoTime(at).slice(0, 23)}Z`;
}

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Newest record first. */
function newestFirst(put: Dress["put"]): Dress["put"] {
  return (records) => put(records).trimEnd().split("\n").toReversed().join("\n");
}

export const exportDresses: readonly Dress[] = [
  {
    id: "dmesg-json",
    put: (records) => {
      const objects = records.map(({ level, usec, text }) =>
        [
          "      {",
          `         "pri": ${level},`,
          `         "time": ${(usec / 1e6).toFixed(6).padStart(12)},`,
          `         "msg": ${json(text)}`,
          "      }",
        ].join("\n"),
      );
      return `{\n   "dmesg": [\n${objects.join(",").replaceAll("},      {", "},{")}\n   ]\n}\n`;
    },
    first: { ...BOOT, level: 4, trust: "claimed" },
  },
  {
    id: "fluentbit-kmsg",
    put: eachLine(({ level, usec, text }, at, i) =>
      json({ date: at / 1e6, priority: level, sequence: i, sec: Math.floor(usec / 1e6), usec: usec % 1e6, msg: text }),
    ),
    first: { ...BOOT, ...EXACT, level: 4 },
  },
  {
    id: "docker-json",
    put: eachLine((record, at) => json({ log: `${stamped(record)}\n`, stream: "stdout", time: `${isoTime(at)}000Z` })),
    first: { ...BOOT, ...EXACT },
  },
  {
    id: "cri",
    put: eachLine((record, at) => {
      const text = stamped(record);
      const head = `${isoTime(at)}000Z stdout`;
      return text.length < 90 ? `${head} F ${text}` : `${head} P ${text.slice(0, 80)}\n${head} F ${text.slice(80)}`;
    }),
    first: { ...BOOT, ...EXACT },
  },
  {
    id: "rsyslog-json",
    put: eachLine((record, at) =>
      json({
        "@timestamp": `${isoTime(at)}+00:00`,
        host: HOST,
        severity: LEVELS[record.level],
        facility: "kern",
        syslogtag: "kernel:",
        message: ` ${stamped(record)}`,
      }),
    ),
    first: { ...BOOT, ...EXACT, host: HOST, level: 4 },
  },
  {
    id: "syslog-ng-json",
    put: eachLine((record, at) =>
      json({
        PROGRAM: "kernel",
        PRIORITY: LEVELS[record.level],
        MESSAGE: stamped(record),
        HOST,
        FACILITY: "kern",
        DATE: syslogDate(at),
      }),
    ),
    first: { ...BOOT, wallUsec: SECOND_USEC, host: HOST, level: 4 },
  },
  {
    id: "gelf",
    put: eachLine(({ level, text }, at) =>
      json({ version: "1.1", host: HOST, short_message: text, timestamp: at / 1e6, level, _facility: "kern" }),
    ),
    first: { ...EXACT, host: HOST, level: 4, uptimeUsec: null },
  },
  {
    id: "elasticsearch",
    put: (records) =>
      json({
        took: 3,
        hits: {
          total: { value: records.length },
          hits: records.map((record) => ({
            _index: "syslog",
            _source: {
              "@timestamp": "2026-10-17T10:03:07.866Z",
              host: { name: HOST },
              message: `kernel: ${stamped(record)}`,
            },
          })),
        },
      }),
    first: { ...BOOT, wallUsec: MILLISECOND_USEC, host: HOST },
  },
  {
    id: "elastic-document",
    put: (records) =>
      `"@timestamp","host.name","message"\n${eachLine((record) => `"Oct 17, 2026 @ 10:03:07.866","${HOST}",${cell(stamped(record))}`)(records)}`,
    first: { ...BOOT, wallUsec: MILLISECOND_USEC, host: HOST },
  },
  {
    id: "splunk-json",
    put: newestFirst(
      eachLine((record, at, i) => {
        const _raw = `${syslogDate(at)} ${HOST} kernel: ${stamped(record)}`;
        const result = { _raw, _time: `${zulu(at).slice(0, -1)}+0000`, host: HOST };
        const line = json({ preview: false, offset: i, result });
        // A preview shows a line that comes again.
        return i % 10 === 9 ? `${json({ preview: true, offset: i, result })}\n${line}` : line;
      }),
    ),
    first: { ...BOOT, wallUsec: MILLISECOND_USEC, host: HOST },
  },
  {
    id: "splunk-csv",
    put: (records) =>
      `"_serial","_time","host","_raw"\n${newestFirst(
        eachLine(
          (record, at, i) =>
            `"${i}","${zulu(at).slice(0, -1)}+0000","${HOST}",${cell(`${syslogDate(at)} ${HOST} kernel: ${stamped(record)}`)}`,
        ),
      )(records)}\n`,
    first: { ...BOOT, wallUsec: MILLISECOND_USEC, host: HOST },
  },
  {
    id: "loki-line",
    put: newestFirst(
      eachLine(({ text }, at) => json({ labels: { nodename: HOST }, line: text, timestamp: `${isoTime(at)}Z` })),
    ),
    first: { ...EXACT, host: HOST },
  },
  {
    id: "loki-stream",
    put: (records) =>
      json({
        status: "success",
        data: {
          resultType: "streams",
          result: [{ stream: { nodename: HOST }, values: records.map(({ text }) => ["1792231387866956000", text]) }],
        },
      }),
    first: { ...EXACT, host: HOST },
  },
  {
    id: "google-logging",
    put: (records) =>
      json(
        records.map((record) => {
          const { MESSAGE, _TRANSPORT, SYSLOG_IDENTIFIER, PRIORITY, _HOSTNAME } = entryOf(record, 0);
          return {
            insertId: "x",
            jsonPayload: { MESSAGE, _TRANSPORT, SYSLOG_IDENTIFIER, PRIORITY, _HOSTNAME },
            resource: { type: "k8s_node", labels: { node_name: HOST } },
            timestamp: "2026-10-17T10:03:07.866956Z",
            logName: "projects/p/logs/kernel",
          };
        }),
        null,
        2,
      ),
    first: { ...EXACT, host: HOST, level: 4, trust: "kernel" },
  },
  {
    id: "google-serial",
    put: (records) =>
      json({
        kind: "compute#serialPortOutput",
        selfLink: `https://compute.googleapis.com/compute/v1/projects/p/zones/z/instances/${HOST}/serialPort`,
        contents: records.map((record) => `${stamped(record)}\r\n`).join(""),
        start: "0",
        next: "4701",
      }),
    first: { ...BOOT, host: HOST, wallUsec: null },
  },
  {
    id: "aws-console",
    put: (records) =>
      json({
        InstanceId: "i-0123456789abcdef0",
        Timestamp: "2026-10-17T10:05:00.000Z",
        Output: Buffer.from(records.map((record) => `${stamped(record)}\r\n`).join("")).toString("base64"),
      }),
    first: { ...BOOT, host: "i-0123456789abcdef0", wallUsec: null },
    leaves: (text) => text.replace(/\p{Surrogate}/gu, "\ufffd"),
  },
  {
    id: "cloudwatch",
    put: (records) =>
      json(
        {
          events: records.map((record) => ({
            logStreamName: HOST,
            timestamp: 1_792_231_387_866,
            message: `Oct 17 10:03:07 ${HOST} kernel: ${stamped(record)}`,
            ingestionTime: 1_792_231_390_000,
          })),
          searchedLogStreams: [],
        },
        null,
        1,
      ),
    first: { ...BOOT, wallUsec: MILLISECOND_USEC, host: HOST },
  },
  {
    id: "kubernetes-event",
    put: (records) =>
      json({
        apiVersion: "v1",
        items: records.map(({ text }) => ({
          involvedObject: { kind: "Node", name: HOST },
          reason: "OOMKilling",
          message: text,
          lastTimestamp: "2026-10-17T10:03:07Z",
        })),
      }),
    first: { host: HOST, wallUsec: SECOND_USEC, trust: "userspace" },
  },
  {
    id: "otlp",
    put: (records) =>
      json({
        resourceLogs: [
          {
            resource: { attributes: [{ key: "host.name", value: { stringValue: HOST } }] },
            scopeLogs: [
              {
                logRecords: records.map((record) => ({
                  timeUnixNano: "1792231387866956000",
                  body: { stringValue: stamped(record) },
                })),
              },
            ],
          },
        ],
      }),
    first: { ...BOOT, ...EXACT, host: HOST },
  },
  {
    id: "vector",
    put: eachLine((record, at) => {
      const { MESSAGE, _HOSTNAME, __CURSOR, ...rest } = entryOf(record, at);
      return json({ ...rest, host: HOST, message: record.text, source_type: "journald", timestamp: `${isoTime(at)}Z` });
    }),
    first: { ...BOOT, ...EXACT, host: HOST, level: 4, trust: "kernel" },
  },
  {
    id: "generic",
    put: eachLine((record, at) =>
      json({ ts: at / 1e6, hostname: HOST, msg: stamped(record), extra: [{ nested: true }] }),
    ),
    first: { ...BOOT, ...EXACT, host: HOST },
  },
  {
    id: "csv",
    put: (records) => `time;node;line\n${eachLine((record, at) => `${at};${HOST};${cell(stamped(record))}`)(records)}`,
    first: { ...BOOT, ...EXACT, host: HOST },
  },
];
