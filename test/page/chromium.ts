import { type BrowserServer, chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { chromiumPath, hasChromium, missingChromium } from "./chromium-path.js";

declare module "vitest" {
  export interface ProvidedContext {
    browserEndpoint: string;
  }
}

let server: BrowserServer | undefined;

/** One browser for all test files. */
export async function setup({ provide }: TestProject): Promise<void> {
  if (!hasChromium) throw new Error(missingChromium);
  server = await chromium.launchServer({
    executablePath: chromiumPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  provide("browserEndpoint", server.wsEndpoint());
}

export async function teardown(): Promise<void> {
  await server?.close();
}
