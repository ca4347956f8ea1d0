import { expect } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";

/** A log that a proof names. */
export interface Proof {
  readonly from: "samples" | "lab" | "corpus";
  /** Path below samples, file of the lab, or number in the corpus. */
  readonly name: string;
  /** Counted from 1. */
  readonly report: number;
  readonly digest: string | null;
}

/** Reads `samples/KERNEL/NAME.log#N`, `lab/FILE#N` or `corpus/NUMBER#N sha256:DIGEST`. */
export function parseProof(text: string): Proof {
  const match = /^(samples|lab|corpus)\/([^#]+)#(\d+)(?: sha256:([0-9a-f]{12}))?$/.exec(text);
  if (match === null) throw new Error(`not a proof: ${text}`);
  const [, from, name = "", report, digest] = match;
  return { from: from as Proof["from"], name, report: Number(report), digest: digest ?? null };
}

/** Holds the findings of a log against what a proof says of a rule. */
export function holdProof(id: string, proof: Proof, analyses: readonly Analysis[], fires: boolean): void {
  const analysis = analyses[proof.report - 1];
  expect(analysis, `${proof.name} has a report ${proof.report}`).toBeDefined();
  expect(analysis?.findings.some((finding) => finding.id === id)).toBe(fires);
}
