/** What the starting script hands over: the text of this application, and the right to run it in a worker. */
interface Host {
  readonly code: string;
  readonly scriptUrl: (url: string) => string;
}

declare global {
  var oomlogHost: Host | undefined;
}

/** A worker that runs this application; see {@link "./worker.js"}. */
export function startWorker(): Worker {
  const host = globalThis.oomlogHost;
  if (host === undefined) throw new Error("not started by its page");
  const url = URL.createObjectURL(new Blob([host.code], { type: "text/javascript" }));
  const worker = new Worker(host.scriptUrl(url));
  URL.revokeObjectURL(url);
  return worker;
}
