#!/usr/bin/env node
import module from "node:module";

// Since Node 22; Node 20 has none.
module.enableCompileCache?.();

const { main } = await import("../dist/bundle/src/cli/main.js");
await main(process.argv.slice(2), import.meta.url);
