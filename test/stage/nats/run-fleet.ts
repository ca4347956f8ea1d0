import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { build } from "esbuild";
import { type Fleet, hostName, recordsOfHost } from "./records.js";

export interface FleetRun {
  readonly fleet: Fleet;
  /** Reports that the sink must have in the end. */
  readonly reports: number;
  readonly natsServer: string;
  /** The file of worker.ts. */
  readonly workerSource: string;
  readonly workers: number;
  readonly partitions: number;
  readonly say?: (line: string) => void;
}

export interface FleetResult {
  /** `host.id` of each message of the sink, in its order. */
  readonly keys: readonly string[];
  /** Messages of the sink's stream. */
  readonly messages: number;
  readonly publishedPerSecond: number;
  readonly recordsPerSecond: number;
}

/** Records that wait for the server's word. */
const MOST_IN_FLIGHT = 5000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/**
 * A fleet through NATS JetStream: all records are published, workers read them; one worker is killed with -9 at a third of
 * the reports, the server at two thirds, and started again.
 */
export async function runFleet(run: FleetRun): Promise<FleetResult> {
  const { fleet, reports, workers: count, partitions, say = () => {} } = run;
  const folder = mkdtempSync(join(tmpdir(), "oomlog-nats-"));
  const port = await freePort();
  const config = join(folder, "nats.conf");
  const mapping = `"oom.*": "part.{{partition(${partitions},1)}}.{{wildcard(1)}}"`;
  writeFileSync(
    config,
    `host: 127.0.0.1\nport: ${port}\njetstream { store_dir: "${folder}/data", max_mem: 1G, max_file: 8G }\nmappings = { ${mapping} }\n`,
  );
  const workerFile = join(folder, "worker.mjs");
  await build({
    entryPoints: [run.workerSource],
    outfile: workerFile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // The client is CommonJS, and asks for modules of Node.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  const children: ChildProcess[] = [];
  const startServer = (): ChildProcess => {
    const server = spawn(run.natsServer, ["-c", config], { stdio: "ignore" });
    children.push(server);
    return server;
  };
  let server = startServer();
  const servers = `127.0.0.1:${port}`;
  const connection = await connect({
    servers,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
  });
  try {
    const manager = await jetstreamManager(connection, { timeout: 5000 });
    await manager.streams.add({ name: "LOGS", subjects: ["part.>"] });
    // The window in which a message id is known is longer than the run: the stream is the last sink here.
    await manager.streams.add({ name: "OUT", subjects: ["out.>"], duplicate_window: 3600e9 });
    const publisher = jetstream(connection, { timeout: 30_000 });
    const publishing = Date.now();
    const hosts = Array.from({ length: fleet.hosts }, (_, host) => recordsOfHost(fleet, host));
    let inFlight: Promise<unknown>[] = [];
    for (let left = fleet.records; left > 0; left -= fleet.hosts) {
      // A record of each host, as they would come.
      for (const [host, records] of hosts.entries()) {
        const { value, done } = records.next();
        if (!done) inFlight.push(publisher.publish(`oom.${hostName(host)}`, value));
      }
      if (inFlight.length < MOST_IN_FLIGHT && left > fleet.hosts) continue;
      await Promise.all(inFlight);
      inFlight = [];
    }
    const publishedPerSecond = Math.round((fleet.records * 1000) / (Date.now() - publishing));
    say(`published ${fleet.records} records of ${fleet.hosts} hosts, ${publishedPerSecond} a second`);

    const started = Date.now();
    const workers = Array.from({ length: count }, (_, index) => {
      const worker = spawn(process.execPath, [workerFile, `w${index}`, servers, String(partitions)], {
        stdio: ["ignore", "inherit", "inherit"],
      });
      children.push(worker);
      return worker;
    });
    const sunk = async (): Promise<number> => {
      try {
        return (await manager.streams.info("OUT")).state.messages;
      } catch {
        return -1;
      }
    };
    const until = async (share: number): Promise<void> => {
      while ((await sunk()) < reports * share) {
        if (Date.now() - started > 1_800_000) throw new Error(`only ${await sunk()} of ${reports} reports came`);
        await pause(100);
      }
    };
    await until(1 / 3);
    workers[0]?.kill("SIGKILL");
    say(`killed a worker with -9 at ${await sunk()} reports`);
    await until(2 / 3);
    say(`killed the server with -9 at ${await sunk()} reports`);
    server.kill("SIGKILL");
    await once(server, "exit");
    await pause(1000);
    server = startServer();
    await until(1);
    const recordsPerSecond = Math.round((fleet.records * 1000) / (Date.now() - started));
    say(`all ${reports} reports are there; ${recordsPerSecond} records a second, kills and waiting included`);
    // What is given twice would come now.
    await pause(4000);
    const messages = await sunk();

    const consumer = await publisher.consumers.get("OUT", { deliver_policy: DeliverPolicy.All });
    const keys: string[] = [];
    while (keys.length < messages) {
      for await (const message of await consumer.fetch({ max_messages: 500, expires: 2000 })) {
        keys.push(message.subject.slice("out.".length));
      }
    }
    return { keys, messages, publishedPerSecond, recordsPerSecond };
  } finally {
    await connection.close();
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(
      children.map((child) => (child.exitCode === null && child.signalCode === null ? once(child, "exit") : null)),
    );
    rmSync(folder, { recursive: true, force: true });
  }
}
