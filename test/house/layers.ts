/** Who may import whom in src (docs/architecture.md): a folder, and the folders it may import beside itself. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  model: [],
  kernel: ["model"],
  input: ["model"],
  parse: ["model", "kernel"],
  replay: ["model", "kernel"],
  diagnose: ["model", "kernel", "replay"],
  triage: ["model"],
  render: ["model"],
};

/** The folders that, with the files beside them, are the core: they run in a browser too. */
export const coreFolders = Object.keys(layers);

/** The folders above the core. */
export const outerFolders = ["page", "node", "cli"];

/** Packages that a folder of the core may import: pure JavaScript, no Node. */
export const corePackages: Readonly<Record<string, readonly string[]>> = {
  // The digest of report ids.
  model: ["@noble/hashes"],
  // CSV, where src/node has fast-csv; gzip, where it has node:zlib.
  page: ["papaparse", "pako"],
};
