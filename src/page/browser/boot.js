// Unpacks the application and runs it. Kept in the oldest words that work: what is missing is told by the page.
const tell = (text) => {
  const note = document.createElement("p");
  note.className = "failure";
  note.setAttribute("role", "alert");
  note.textContent = text;
  document.body.prepend(note);
};
const unpack = (id) => {
  const packed = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at++) bytes[at] = packed.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
};
const start = async () => {
  if (typeof DecompressionStream === "undefined") {
    tell("This browser can not unpack the page (DecompressionStream, 2023). What is shown needs no scripts.");
    return;
  }
  const code = await unpack("app-code");
  // What this page brings alone becomes a script, of the page or of a worker.
  const allow = (text, isAllowed) => {
    if (isAllowed) return text;
    throw new TypeError("no script of this page");
  };
  let workerUrl = "";
  const rules = {
    createScript: (text) => allow(text, text === code),
    createScriptURL: (url) => allow(url, url === workerUrl),
  };
  const policy = globalThis.trustedTypes ? globalThis.trustedTypes.createPolicy("oomlog", rules) : rules;
  let engine;
  globalThis.oomlogHost = {
    startWorker: async () => {
      engine ??= unpack("engine-code");
      const blob = new Blob([await engine], { type: "text/javascript" });
      workerUrl = URL.createObjectURL(blob);
      const worker = new Worker(policy.createScriptURL(workerUrl));
      URL.revokeObjectURL(workerUrl);
      return worker;
    },
  };
  const script = document.createElement("script");
  script.text = policy.createScript(code);
  document.head.append(script);
};
start().catch((error) => tell(`The page could not start: ${error}`));
