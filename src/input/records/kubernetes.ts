import { takeTimeAt } from "./collector.js";
import { type RecordFormat, textAt } from "./record.js";

/** An event of the cluster: evidence beside a kernel's log, and no part of one, though it may quote a kill line. */
export const kubernetesEvent: RecordFormat = {
  id: "kubernetes-event",
  layer: "record",
  description:
    "A Kubernetes event (`reason`, `involvedObject` or `regarding`): counted, never taken for a kernel's line.",
  fits: (fields) => "reason" in fields && ("involvedObject" in fields || "regarding" in fields),
  read(fields, { place, contents }) {
    const header = contents.header();
    header.host = textAt(fields, "source.host", "involvedObject.name", "regarding.name") ?? header.host;
    takeTimeAt(fields, ["lastTimestamp", "eventTime", "firstTimestamp", "deprecatedLastTimestamp"], header);
    header.proof = "userspace";
    contents.record(textAt(fields, "message", "note") ?? "", header, place);
  },
};
