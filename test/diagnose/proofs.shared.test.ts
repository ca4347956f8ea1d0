import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Analysis } from "../../src/model/analysis.js";
import { decodeBytes } from "../../src/model/text.js";
import { analyseText } from "../replay/analyse-text.js";
import { holdProof, type Proof, parseProof } from "./hold-proof.js";
import { proofs } from "./proofs.js";

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const corpus = readdirSync(`${shared}corpus/logs`);

function pathOf({ from, name }: Proof): string {
  if (from === "lab") return `${shared}lab/runs/${name}`;
  const file = corpus.find((one) => one.startsWith(`${name}-`));
  if (file === undefined) throw new Error(`the corpus has no ${name}`);
  return `${shared}corpus/logs/${file}`;
}

/** Each file is read once. */
const read = new Map<string, { readonly digest: string; readonly analyses: readonly Analysis[] }>();

function analysed(path: string): { readonly digest: string; readonly analyses: readonly Analysis[] } {
  const known = read.get(path);
  if (known !== undefined) return known;
  const bytes = readFileSync(path);
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const made = { digest, analyses: analyseText(path, decodeBytes(bytes).split("\n")) };
  read.set(path, made);
  return made;
}

const outside = Object.entries(proofs)
  .flatMap(([id, { fires, silent }]) => [
    ...fires.map((text) => ({ id, text, says: "shows", fires: true })),
    ...silent.map((text) => ({ id, text, says: "does not show", fires: false })),
  ])
  .filter(({ text }) => !text.startsWith("samples/"));

test.each(outside)("$text $says $id", ({ id, text, fires }) => {
  const proof = parseProof(text);
  const { digest, analyses } = analysed(pathOf(proof));
  if (proof.from === "corpus") expect(digest).toBe(proof.digest);
  holdProof(id, proof, analyses, fires);
});
