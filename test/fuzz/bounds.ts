/**
 * What is pumped, not drawn, in a process of its own: V8 counts the blocks of those functions alone that it compiles after
 * it was told to count, so this comes before the program is loaded; and no calls that its optimizer has inlined, which is
 * off here.
 */
import { Session } from "node:inspector";

/** What a bound says when it was tried. */
export interface BoundTried {
  readonly said: string;
  readonly inputs: number;
  readonly failed: boolean;
}

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** Blocks of this project's code that ran since the last call: V8's own count of each. */
function takeBlocks(): number {
  let blocks = 0;
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) throw error;
    for (const { url, functions } of result) {
      if (!url.includes("/src/")) continue;
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    }
  });
  return blocks;
}

function tryBound(what: string, hold: () => number): void {
  let tried: BoundTried;
  try {
    const inputs = hold();
    tried = { said: `${inputs} inputs: ${what}`, inputs, failed: false };
  } catch (error) {
    tried = { said: `failed: ${error instanceof Error ? error.stack : String(error)}`, inputs: 1, failed: true };
  }
  process.send?.(tried);
}

const { holdBoundedMemory, holdLinearWork } = await import("./work.js");
tryBound("work grows with its input, no faster", () => holdLinearWork(takeBlocks));
session.post("Profiler.stopPreciseCoverage");
session.disconnect();
tryBound("memory does not grow with its input", holdBoundedMemory);
