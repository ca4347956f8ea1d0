import { DeliverPolicy, type JetStreamClient, jetstream } from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import { connect } from "@nats-io/transport-node";
import { jsonText, toJson } from "../../../src/render/index.js";
import { createStage, type Stage, type StageOutput } from "../../../src/stage.js";

/**
 * A worker of the fleet: owns partitions by leases, reads each through an ordered consumer from its checkpoint on, and
 * publishes analyses before it moves the checkpoint. Runs until it is killed.
 */
const [id = "", servers = "", partitions = "1"] = process.argv.slice(2);
const LEASE_MS = 3000;
const FLUSH_RECORDS = 200;
const FLUSH_MS = 100;

interface Owned {
  revision: number;
  stopped: boolean;
  stop(): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries again until the server is back. */
async function persist<T>(action: () => Promise<T>, isOver: () => boolean): Promise<T | undefined> {
  for (;;) {
    if (isOver()) return undefined;
    try {
      return await action();
    } catch {
      await pause(200);
    }
  }
}

async function bucket(kvm: Kvm, name: string, options: { ttl?: number }): Promise<KV> {
  for (;;) {
    try {
      return await kvm.create(name, { history: 1, ...options });
    } catch {
      // Another worker creates it at the same moment.
      await pause(200);
    }
  }
}

async function own(partition: number, revision: number, js: JetStreamClient, checkpoints: KV): Promise<Owned> {
  const entry = await checkpoints.get(`p${partition}`);
  let outputs: StageOutput[] = [];
  const stage: Stage = createStage({ onOutput: (output) => outputs.push(output) });
  const consumer = await js.consumers.get("LOGS", {
    filter_subjects: `part.${partition}.*`,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: entry === null ? 1 : Number(entry.string()) + 1,
  });
  const messages = await consumer.consume({ max_messages: 1000 });
  const owned: Owned = {
    revision,
    stopped: false,
    async stop() {
      owned.stopped = true;
      messages.stop();
      await flushing;
    },
  };

  let caughtUp = false;
  let flushing: Promise<void> = Promise.resolve();
  async function flushNow(): Promise<void> {
    stage.checkpoint();
    const given = outputs;
    outputs = [];
    await Promise.all(given.map((output) => (output.type === "analysis" ? publish(output) : undefined)));
    for (const output of given) {
      if (output.type !== "checkpoint") continue;
      await persist(
        () => checkpoints.put(`p${partition}`, String(output.offset)),
        () => owned.stopped,
      );
    }
  }
  async function publish({ host, analysis }: StageOutput & { readonly type: "analysis" }): Promise<void> {
    const key = `${host}.${analysis.report.id}`;
    const json = jsonText(toJson(analysis, { verbose: false }));
    await persist(
      () => js.publish(`out.${key}`, json, { msgID: key }),
      () => owned.stopped,
    );
  }
  const flush = (): Promise<void> => {
    flushing = flushing.then(flushNow);
    return flushing;
  };
  const timer = setInterval(() => {
    // A host is silent only where nothing of it waits at the server: a stalled worker must not close what goes on.
    if (caughtUp) stage.tick(Date.now());
    if (!owned.stopped) void flush();
  }, FLUSH_MS);
  void (async () => {
    let count = 0;
    try {
      for await (const message of messages) {
        if (owned.stopped) break;
        caughtUp = message.info.pending === 0;
        stage.push(JSON.stringify({ ...message.json<object>(), partition, offset: message.seq }));
        if (++count % FLUSH_RECORDS === 0) await flush();
      }
    } catch {
      // The connection is lost for good: another worker, or this one, begins anew from the checkpoint.
    }
    owned.stopped = true;
    clearInterval(timer);
  })();
  return owned;
}

const connection = await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 200, name: id });
const js = jetstream(connection, { timeout: 2000 });
const kvm = new Kvm(js);
const leases = await bucket(kvm, "lease", { ttl: LEASE_MS });
const checkpoints = await bucket(kvm, "checkpoint", {});
const mine = new Map<number, Owned>();

async function renew(): Promise<void> {
  await leases.put(`worker.${id}`, "1");
  let workers = 0;
  for await (const _ of await leases.keys("worker.*")) workers++;
  const share = Math.ceil(Number(partitions) / Math.max(1, workers));
  for (const [partition, owned] of mine) {
    try {
      if (owned.stopped) throw new Error("over");
      owned.revision = await leases.update(`p${partition}`, id, owned.revision);
    } catch {
      mine.delete(partition);
      await owned.stop();
    }
  }
  for (const [partition, owned] of [...mine].slice(share)) {
    mine.delete(partition);
    await owned.stop();
    await leases.purge(`p${partition}`);
  }
  for (let partition = 0; partition < Number(partitions) && mine.size < share; partition++) {
    if (mine.has(partition)) continue;
    let revision: number;
    try {
      revision = await leases.create(`p${partition}`, id);
    } catch {
      continue;
    }
    mine.set(partition, await own(partition, revision, js, checkpoints));
  }
}

for (;;) {
  try {
    await renew();
  } catch {
    // The server is away: leases run out meanwhile.
  }
  await pause(700);
}
