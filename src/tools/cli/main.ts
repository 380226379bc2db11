#!/usr/bin/env node
import { run } from "./run.js";

// A reader that goes away early (`| head`) is no failure: what is left to print is dropped, files are still
// written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    if (stream === process.stdout)
      process.stderr.write(`schedlab: cannot write the output: ${error.message}\n`);
    process.exit(2);
  });
}

process.exitCode = await run(process.argv.slice(2));
