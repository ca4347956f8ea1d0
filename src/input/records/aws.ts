import { decodeBytes } from "../../model/text.js";
import { collectorRecord } from "./collector.js";
import { type RecordFormat, textAt } from "./record.js";

const BASE64 = /^[A-Za-z0-9+/\s]{4,}={0,2}$/;

/** The API gives base64, which the command line tool decodes. */
function decodeBase64(text: string): string {
  if (!BASE64.test(text.trimEnd())) return text;
  try {
    return decodeBytes(Uint8Array.from(atob(text.replace(/\s/g, "")), (character) => character.charCodeAt(0)));
  } catch {
    return text;
  }
}

/** The console of an EC2 machine; its time is that of the buffer, not of a line. */
export const awsConsole: RecordFormat = {
  id: "aws-console",
  layer: "record",
  description: "AWS GetConsoleOutput, plain or base64 (`InstanceId`, `Output`).",
  fits: (fields) => typeof fields["Output"] === "string" && "InstanceId" in fields,
  read(fields, { place, contents }) {
    const header = contents.header();
    header.host = textAt(fields, "InstanceId") ?? header.host;
    contents.message(decodeBase64(textAt(fields, "Output") ?? ""), header, place);
  },
};

/** An event of CloudWatch Logs. */
export const cloudWatchEvent = collectorRecord({
  id: "cloudwatch",
  description: "CloudWatch Logs (`logStreamName`, `timestamp` in milliseconds, `message`).",
  fits: (fields) => typeof fields["message"] === "string" && ("logStreamName" in fields || "ingestionTime" in fields),
  message: ["message"],
  host: ["logStreamName"],
  time: ["timestamp"],
});
