import { collectorRecord } from "./collector.js";
import { isFields } from "./record.js";

const IDENT = ["process.name", "log.syslog.appname", "syslog.appname", "programname", "syslog_program", "program"];
const PID = ["process.pid", "log.syslog.procid", "syslog_pid"];
const HOST = ["host.name", "host.hostname", "hostname", "host", "agent.hostname", "beat.hostname"];

function inSource(paths: readonly string[]): string[] {
  return paths.map((path) => `_source.${path}`);
}

/** A hit of a search in Elasticsearch or OpenSearch. */
export const elasticsearchHit = collectorRecord({
  id: "elasticsearch",
  description: "A hit of Elasticsearch or OpenSearch (`_index`, `_source` with `@timestamp`, `host.name`, `message`).",
  fits: (fields) => isFields(fields["_source"]),
  message: inSource(["message", "event.original", "log", "msg", "MESSAGE"]),
  host: inSource(HOST),
  time: inSource(["@timestamp", "timestamp"]),
  level: inSource(["log.level", "log.syslog.severity.name", "severity"]),
  ident: inSource(IDENT),
  pid: inSource(PID),
});

/** The fields of the Elastic Common Schema outside a hit: Kibana's CSV, Filebeat, Logstash. */
export const elasticDocument = collectorRecord({
  id: "elastic-document",
  description: "A document of the Elastic Common Schema: Kibana's CSV, Filebeat, Logstash (`@timestamp`, `message`).",
  fits: (fields) => "@timestamp" in fields && ("message" in fields || "event.original" in fields),
  message: ["message", "event.original"],
  host: HOST,
  time: ["@timestamp"],
  level: ["log.level", "log.syslog.severity.name", "severity", "level"],
  ident: IDENT,
  pid: PID,
});
