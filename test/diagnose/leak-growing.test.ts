import { expect, it } from "vitest";
import { sample } from "../parse/samples.js";
import { analyseText } from "../replay/analyse-text.js";

it("is not sure of a leak within seconds (it was, of a storm of 2 s)", () => {
  const found = [["6.12.107+deb13-cloud-amd64_amd64/g_socks"], ["2.6.32.67_amd64/g_many"]].flatMap(([name = ""]) =>
    analyseText(name, sample(name).lines).flatMap(({ findings }) => findings.filter(({ id }) => id === "leak-growing")),
  );
  expect(found.length).toBeGreaterThan(0);
  for (const { confidence } of found) expect(confidence).not.toBe("high");
});
