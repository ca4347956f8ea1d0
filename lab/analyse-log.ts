import type { Analysis } from "../src/model/analysis.js";
import { analyseSource, type Source } from "../src/node/index.js";

/** oomlog's analyses of a kernel log, read as a user's file is. Text has one character per byte. */
export async function analyseLog(name: string, log: string): Promise<readonly Analysis[]> {
  const source: Source = {
    name,
    async *open() {
      yield Buffer.from(log, "latin1");
    },
  };
  const problems: string[] = [];
  const analyses: Analysis[] = [];
  const options = { onNote: () => {}, onProblem: ({ reason }: { reason: string }) => problems.push(reason) };
  for await (const analysis of analyseSource(source, options)) analyses.push(analysis);
  if (problems.length > 0) throw new Error(`${name}: ${problems.join("; ")}`);
  return analyses;
}
