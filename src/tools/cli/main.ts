#!/usr/bin/env node
import { run } from "./run.js";

// A reader that closes early (`| head`) is no failure: further output is dropped, but files are still
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
