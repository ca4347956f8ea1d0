import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { renderMarkdown, renderText } from "../../src/render/index.js";
import { visible } from "../../src/render/visible.js";
import { sample, samples } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

const folder = fileURLToPath(new URL("expected/", import.meta.url));

/** The first report of a sample, without its findings: what a rule says is tested with the rules. */
function analysisOf(name: string): Analysis {
  const [analysis] = analyseText(`${name}.log`, sample(name).lines);
  if (analysis === undefined) throw new Error(`no report in ${name}`);
  const { notApplicable: _, ...undiagnosed } = analysis;
  return { ...undiagnosed, findings: [] };
}

const plainText = { width: 80, paint: null, verbose: false, trace: false };

/** Texts that were read line by line beside their logs; what changes them is read again. */
const expectations: readonly { readonly file: string; readonly text: () => string }[] = [
  { file: "memcg.txt", text: () => renderText(analysisOf("7.3.4+deb13-cloud-amd64_amd64/m2_nested"), plainText) },
  {
    file: "child-sacrificed.txt",
    text: () => renderText(analysisOf("3.2.71_amd64/g_children"), plainText),
  },
  { file: "oom-origin.txt", text: () => renderText(analysisOf("5.4.286_amd64/g_swapoff"), plainText) },
  {
    file: "names.txt",
    text: () => renderText(analysisOf("6.12.107+deb13-cloud-amd64_amd64/g_comm_utf8"), plainText),
  },
  {
    file: "cpuset.txt",
    text: () => renderText(analysisOf("7.3.4+deb13-cloud-amd64_amd64/n_cpuset2"), plainText),
  },
  { file: "no-table.txt", text: () => renderText(analysisOf("2.6.32.67_amd64/g_adj"), plainText) },
  {
    file: "no-killable.txt",
    text: () => renderText(analysisOf("6.1.0-50-cloud-amd64_amd64/g_sysrq_nokill"), plainText),
  },
  {
    file: "trace.txt",
    text: () => renderText(analysisOf("5.0.0_amd64/m2_group_nested"), { ...plainText, trace: true }),
  },
  {
    file: "wide.txt",
    text: () => renderText(analysisOf("6.12.107+deb13-arm64-16k_arm64/g_swap"), { ...plainText, width: 200 }),
  },
  { file: "ticket.md", text: () => renderMarkdown(analysisOf("4.9.154_amd64/m2_adj"), plainText) },
];

describe("findings", () => {
  it.each(samples)("of $name are all named, and the first explained", ({ name, lines }) => {
    for (const analysis of analyseText(name, lines)) {
      const unbroken = (text: string): string => text.replace(/\s+/g, " ");
      const whole = unbroken(renderText(analysis, { ...plainText, verbose: true }));
      const short = renderText(analysis, plainText);
      expect(short).toContain("\nFindings");
      for (const { title, id, advice } of analysis.findings) {
        expect(unbroken(short)).toContain(unbroken(`${visible(title)} [${id}, `));
        for (const one of advice) expect(whole).toContain(unbroken(visible(one)));
      }
    }
  });
});

describe("an explanation", () => {
  it.each(expectations)("is $file", ({ file, text }) => {
    expect(text()).toBe(readFileSync(`${folder}${file}`, "utf8"));
  });
});
