import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { reasonOf } from "../node/system-error.js";
import { CONTENT } from "../page/document.js";
import { dataBlock, reportTexts } from "../page/embed.js";
import { headOf, type PageReport } from "../page/page-report.js";
import { Failure } from "./failure.js";

/** The page that the build made, in two parts: before and after its content. */
export interface PageTemplate {
  readonly head: string;
  readonly tail: string;
}

/** The page that a program in one file brings; null where it is a file of the package. */
let ownPage: string | null = null;

/** Gives the page of this build to a program that has no files. */
export function bringPage(html: string): void {
  ownPage = html;
}

/** @param root The folder of the package. */
export function readPageTemplate(root: string): PageTemplate {
  const file = join(root, "dist/page/page.html");
  try {
    const [head, tail] = (ownPage ?? readFileSync(file, "utf8")).split(CONTENT);
    if (head === undefined || tail === undefined) throw new Error("it is not the page of this build");
    return { head, tail };
  } catch (error) {
    throw new Failure(
      `${file}: ${reasonOf(error)}`,
      "The page is part of the package; in a clone, npm run build makes it",
    );
  }
}

/** A report as data in a page. */
export function packedReport(report: PageReport): string {
  const { report: shown, log, machine } = reportTexts(report);
  const packed = (text: string): string => gzipSync(text, { level: 9 }).toString("base64");
  return dataBlock(headOf(report.analysis), { report: packed(shown), log: packed(log), machine: packed(machine) });
}
