/** What the starting script hands over: it alone may make a script of this application's text. */
interface Host {
  readonly startWorker: () => Promise<Worker>;
}

declare global {
  var oomlogHost: Host | undefined;
}

/** A worker that runs this application; see {@link "./worker.js"}. */
export function startWorker(): Promise<Worker> {
  const host = globalThis.oomlogHost;
  if (host === undefined) throw new Error("not started by its page");
  return host.startWorker();
}
