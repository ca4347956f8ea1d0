import { type Request, serve } from "./worker.js";

/** What runs in a worker: kept apart, since a page of reports can be looked at without it. */
const answer = serve((message) => postMessage(message));
addEventListener("message", ({ data }: MessageEvent<Request>) => void answer(data));
