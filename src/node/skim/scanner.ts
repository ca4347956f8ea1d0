import { scanModule } from "./scan-module.js";

/** What scan.wat exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly lines: { readonly value: number };
  find(at: number, end: number): number;
}

/** How far behind the end of a search bytes are looked at. */
export const LOOK_BEHIND_END = 3;

/** What is used of WebAssembly: its types come with those of browsers, which Node's code must not see. */
interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssembly }).WebAssembly;
let compiled: object | undefined;

/**
 * Searches bytes for the places at which a line may matter, several times faster than JavaScript or `Buffer.indexOf` for
 * each word could.
 */
export class Scanner {
  /** What is searched: its bytes are to be put here. */
  readonly bytes: Buffer;
  readonly #exports: Exports;

  constructor() {
    compiled ??= new Module(Buffer.from(scanModule, "base64"));
    this.#exports = new Instance(compiled).exports as Exports;
    this.bytes = Buffer.from(this.#exports.memory.buffer);
  }

  /** The next place in `[at, end)`, or `end`. */
  find(at: number, end: number): number {
    return this.#exports.find(at, end);
  }

  /** Line feeds between the beginning of the last search and the place that it found. */
  get lines(): number {
    return this.#exports.lines.value;
  }
}
