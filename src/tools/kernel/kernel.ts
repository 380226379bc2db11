/**
 * The Jupyter kernel of this project, started by its kernelspec as `node kernel.js CONNECTION_FILE`. Jupyter
 * starts it in the notebook's folder and it never changes the folder, so relative paths in cells begin there.
 * This process speaks with Jupyter and compiles cells; they run in a process of their own (`cells`).
 */
import { PACKAGES } from "../jupyter/project.js";
import { createCellRunner } from "./cell-runner.js";
import { readConnection } from "./connection.js";
import { startKernelServer } from "./kernel-server.js";
import { loadZeroMq } from "./tslab.js";

// Cells are interrupted by messages; a signal of the terminal must not end the kernel.
process.on("SIGINT", () => undefined);
await startKernelServer({
  connection: readConnection(process.argv[2]),
  createRunner: (events) => createCellRunner(process.cwd(), events),
  zeromq: loadZeroMq(PACKAGES),
});
