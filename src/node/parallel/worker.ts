import { parentPort, workerData } from "node:worker_threads";
import { openFile } from "../find-sources.js";
import { eventsOf, type SourceEvent } from "./events.js";
import { type FromWorker, type Job, type ToWorker, type WorkerStart, weightOf } from "./messages.js";

// A worker of `readSources`: reads the files that it is given, one after the other, and sends what they give.

/** Events that are sent together: each message has a price. */
const EVENTS_AT_ONCE = 16;

const port = parentPort;
if (port === null) throw new Error("this is the code of a worker");
const { reading, room: whole } = workerData as WorkerStart;
let room = whole;
let goOn: (() => void) | null = null;

port.on("message", (message: ToWorker) => {
  if (message.kind === "job") void work(message.job);
  else {
    room += message.weight;
    if (room > 0) goOn?.();
  }
});

async function work({ file, incidental }: Job): Promise<void> {
  const source = { ...openFile(file), ...(incidental ? ({ incidental } as const) : {}) };
  let events: SourceEvent[] = [];
  const send = (): void => {
    if (events.length > 0) tell({ kind: "events", events });
    events = [];
  };
  try {
    for await (const event of eventsOf(source, reading)) {
      events.push(event);
      room -= weightOf(event);
      if (events.length < EVENTS_AT_ONCE && room > 0) continue;
      send();
      if (room <= 0) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        goOn = null;
      }
    }
    send();
    tell({ kind: "done" });
  } catch (error) {
    send();
    tell({ kind: "failed", error });
  }
}

function tell(message: FromWorker): void {
  port?.postMessage(message);
}
