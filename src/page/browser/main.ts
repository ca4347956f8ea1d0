import { startApp } from "./app.js";
import { build } from "./dom.js";
import { type Request, serve } from "./worker.js";

// One script is the page and its worker.
if (typeof document === "undefined") {
  const answer = serve((message) => postMessage(message));
  addEventListener("message", ({ data }: MessageEvent<Request>) => void answer(data));
} else {
  startApp().catch((error: unknown) =>
    document.body.prepend(build("p", { class: "failure", role: "alert" }, `The page could not start: ${error}`)),
  );
}
