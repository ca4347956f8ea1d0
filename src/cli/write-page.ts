import { STATIC_START } from "../page/document.js";
import { Failure } from "./failure.js";
import { openOutput } from "./output.js";
import { readPageTemplate } from "./page-template.js";

/**
 * Writes the page without reports.
 *
 * @param file Undefined or `-`: standard output.
 * @param root The folder of the package.
 */
export async function writePage(file: string | undefined, root: string): Promise<void> {
  if (file === undefined && process.stdout.isTTY) {
    throw new Failure("a page is not for a terminal", "Write it to a file: oomlog page --output oomlog.html");
  }
  const { head, tail } = readPageTemplate(root);
  const output = openOutput(file === "-" ? undefined : file);
  try {
    await output.write(head);
    await output.write(`${STATIC_START}<p>This page reads logs where scripts run: they are off here.</p></main>\n`);
    await output.write(tail);
    output.finish();
  } catch (error) {
    output.abandon();
    throw error;
  }
}
