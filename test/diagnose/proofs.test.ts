import { test } from "vitest";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";
import { holdProof, parseProof } from "./hold-proof.js";
import { proofs } from "./proofs.js";

const inSamples = Object.entries(proofs).flatMap(([id, { fires, silent }]) => [
  ...fires.map((text) => ({ id, text, says: "shows", fires: true })),
  ...silent.map((text) => ({ id, text, says: "does not show", fires: false })),
]);

test.each(inSamples.filter(({ text }) => text.startsWith("samples/")))("$text $says $id", ({ id, text, fires }) => {
  const proof = parseProof(text);
  const name = proof.name.replace(/\.log$/, "");
  holdProof(id, proof, analyseText(name, sample(name).lines), fires);
});
