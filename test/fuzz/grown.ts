import {
  type Analysis,
  askWhatIf,
  createStage,
  createTriager,
  parseSelector,
  parseSet,
  type Question,
} from "../../src/index.js";
import { reportTables } from "../../src/render/columns/index.js";
import { reportHtml, serialize, tasksHtml } from "../../src/render/html/index.js";
import { jsonText, renderListText, renderMarkdown, renderText, toJson } from "../../src/render/index.js";
import { toLogRecords } from "../../src/render/otlp/log-records.js";
import { createMetrics } from "../../src/render/prometheus/metrics.js";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

/** One for each rule of points, and for what dies with or in the place of the choice. */
const names = ["3.2.71_amd64/g_children", "4.9.154_amd64/m2_adj", "7.3.4+deb13-cloud-amd64_amd64/m2_nested"];

const row = /^(.*\] \[ *)\d+(\] +\d+ +)\d+( +\d+ +)\d+( .* 0 +)\S+$/;

/** A log with so many rows more, each with a pid, a name and a size of its own. */
export function withTasks(name: string, count: number): string[] {
  const { lines } = sample(name);
  const at = lines.findIndex((line) => row.test(line));
  if (at < 0) throw new Error(`${name} has no row`);
  const more = Array.from({ length: count }, (_, index) => {
    const pid = 10_000 + index;
    return (lines[at] ?? "").replace(row, `$1${pid}$2${pid}$3${index % 500}$4t${index}`);
  });
  return [...lines.slice(0, at), ...more, ...lines.slice(at)];
}

function analysisOf(name: string, tasks: number): Analysis {
  const [analysis] = analyseText(name, withTasks(name, tasks));
  if (analysis === undefined) throw new Error(`${name} has no report`);
  return analysis;
}

/** The same kill on many hosts, at many times, of many victims. */
function killsOf(count: number): Analysis[] {
  const one = analysisOf("4.9.154_amd64/m2_adj", 0);
  const [kill] = one.report.kills;
  if (kill === undefined) throw new Error("nobody died");
  return Array.from({ length: count }, (_, at) => ({
    ...one,
    report: {
      ...one.report,
      id: at.toString(16).padStart(16, "0"),
      host: `host${at % 97}`,
      time: new Date(Date.UTC(2026, 10, 1) + at * 60_000).toISOString(),
      kills: [{ ...kill, name: `victim${at % 53}` }],
    },
  }));
}

const questions: Readonly<Record<string, (victim: number) => Question>> = {
  "another adjustment": (victim) => ({ edits: [parseSet(`${victim}:oom_score_adj=-500`)] }),
  "a process removed": (victim) => ({ edits: [{ kind: "remove", tasks: parseSelector(String(victim)) }] }),
  "a process protected": (victim) => ({ edits: [], protect: parseSelector(String(victim)) }),
  "a process preferred": () => ({ edits: [], prefer: parseSelector("t7") }),
  "who dies next": () => ({ edits: [], sequence: { kills: 5, needBytes: null } }),
  "other kernels": () => ({ edits: [], kernels: ["3.2", "4.9", "6.12"] }),
  "how far each is": () => ({ edits: [], margins: "all" }),
};

const outputs: Readonly<Record<string, (analysis: Analysis) => void>> = {
  text: (analysis) => renderText(analysis, { width: 100, paint: null, verbose: true, trace: true }),
  list: (analysis) => renderListText(analysis, { paint: null }),
  Markdown: (analysis) => renderMarkdown(analysis, { verbose: true, trace: true }),
  JSON: (analysis) => jsonText(toJson(analysis, { verbose: true })),
  HTML: (analysis) => serialize([reportHtml(analysis), tasksHtml(analysis) ?? ""]),
  tables: (analysis) => Object.values(reportTables).flatMap((table) => table.rowsOf(analysis)),
};

/** What is done with analyses that grow so many times: made ready first, and then done. */
export const grown: Readonly<Record<string, (times: number) => () => void>> = {
  ...Object.fromEntries(
    names.flatMap((name) =>
      Object.entries(questions).map(([what, question]) => [
        `tasks of ${name}, asked ${what}`,
        (times: number) => {
          const analysis = analysisOf(name, times * 10);
          const victim = analysis.report.kills[0]?.pid ?? 1;
          return () => void askWhatIf(analysis, question(victim));
        },
      ]),
    ),
  ),
  ...Object.fromEntries(
    Object.entries(outputs).map(([format, write]) => [
      `tasks as ${format}`,
      (times: number) => {
        const analysis = analysisOf("7.3.4+deb13-cloud-amd64_amd64/m2_nested", times * 10);
        return () => write(analysis);
      },
    ]),
  ),
  "kills in triage": (times) => {
    const kills = killsOf(times * 10);
    return () => {
      const triager = createTriager();
      for (const kill of kills) triager.push(kill);
      triager.result();
    };
  },
  "kills as telemetry": (times) => {
    const kills = killsOf(times * 10);
    return () => {
      const metrics = createMetrics();
      for (const kill of kills) metrics.push(kill);
      metrics.text();
      toLogRecords(kills, { observedAt: 0, version: "0" });
    };
  },
  "records of a stage": (times) => {
    const { lines } = sample("7.3.4+deb13-cloud-amd64_amd64/m2_nested");
    const records = Array.from({ length: times }, (_, host) =>
      lines.map((message, offset) => JSON.stringify({ message, host: `h${host}`, partition: 0, offset })),
    ).flat();
    return () => {
      const stage = createStage({ onOutput() {} });
      for (const record of records) stage.push(record);
      stage.end();
    };
  },
};

/** A cgroup that dies as a whole, with so many members. */
function groupOf(count: number): string[] {
  const lines = withTasks("4.19.78_amd64/m2_group", count);
  const last = lines.at(-1) ?? "";
  const more = Array.from({ length: count }, (_, at) =>
    last.replace(/process \d+ \(\w+\)/, `process ${10_000 + at} (t${at})`),
  );
  return [...lines, ...more];
}

/** Texts of tables of many tasks. */
export const tables: Readonly<Record<string, (times: number) => readonly string[]>> = {
  ...Object.fromEntries(names.map((name) => [`tasks of ${name}`, (times: number) => withTasks(name, times * 10)])),
  "equal tasks": (times) =>
    withTasks(names[1] ?? "", times * 10).map((line) =>
      line.replace(/^(.*\] \[ *\d+\] .*) -?\d+( +\S+)$/, "$1 -999$2"),
    ),
  "members of a group that dies": (times) => groupOf(times * 10),
};
