// Unpacks the application and runs it. Kept in the oldest words that work: what is missing is told by the page.
const tell = (text) => {
  const note = document.createElement("p");
  note.className = "failure";
  note.setAttribute("role", "alert");
  note.textContent = text;
  document.body.prepend(note);
};
const start = async () => {
  if (typeof DecompressionStream === "undefined") {
    tell("This browser can not unpack the page (DecompressionStream, 2023). What is shown needs no scripts.");
    return;
  }
  const packed = atob(document.getElementById("core").textContent);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at++) bytes[at] = packed.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const code = await new Response(stream).text();
  const rules = { createScript: (text) => text, createScriptURL: (url) => url };
  const policy = globalThis.trustedTypes ? globalThis.trustedTypes.createPolicy("oomlog", rules) : rules;
  globalThis.oomlogHost = { code, scriptUrl: (url) => policy.createScriptURL(url) };
  const script = document.createElement("script");
  script.text = policy.createScript(code);
  document.head.append(script);
};
start().catch((error) => tell(`The page could not start: ${error}`));
