import { startApp } from "./app.js";
import { build } from "./dom.js";

startApp().catch((error: unknown) =>
  document.body.prepend(build("p", { class: "failure", role: "alert" }, `The page could not start: ${error}`)),
);
