import { existsSync } from "node:fs";

/** Where Debian puts it; `NATS_SERVER` names another place. */
export const natsServer = process.env["NATS_SERVER"] ?? "/usr/sbin/nats-server";

export const hasNats = existsSync(natsServer);

export const missingNats = `no NATS server at ${natsServer}: apt-get install nats-server, or set NATS_SERVER to its path`;
