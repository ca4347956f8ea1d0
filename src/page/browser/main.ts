import { startApp } from "./app.js";
import { type Request, serve } from "./worker.js";

// One script is the page and its worker.
if (typeof document === "undefined") {
  const answer = serve((message) => postMessage(message));
  addEventListener("message", ({ data }: MessageEvent<Request>) => void answer(data));
} else void startApp();
