/**
 * The Jupyter kernel of this project, started by its kernelspec as `node kernel.js CONNECTION_FILE`. Jupyter
 * starts it in the notebook's folder and it never changes the folder, so relative paths in cells begin there.
 */
import { Worker } from "node:worker_threads";
import { toBundle } from "../../notebook/display.js";
import { createCellRunner } from "./cell-runner.js";
import { readConnection } from "./connection.js";
import type { ControlData, ControlMessage } from "./control-thread.js";
import { kernelInfo, startKernelServer } from "./kernel-server.js";
import { PACKAGES } from "../jupyter/project.js";
import { loadTslab, loadZeroMq } from "./tslab.js";

async function main(connectionFile: string): Promise<void> {
  const connection = readConnection(connectionFile);
  const tslab = loadTslab(PACKAGES);
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const runner = createCellRunner(tslab, process.cwd(), {
    onRunning: (isRunning) => Atomics.store(shared, 1, isRunning ? 1 : 0),
  });
  // The control thread decides what is interrupted; SIGINT is only for tslab's watchdog and must not end the
  // kernel.
  process.on("SIGINT", () => undefined);
  // Calls through plotly or danfo are deeper than the default of ten frames, which would not reach the cell's
  // line.
  Error.stackTraceLimit = 100;
  const data: ControlData = {
    connection,
    packages: PACKAGES,
    kernelInfo: kernelInfo(tslab.typescript.version),
    shared,
  };
  const control = new Worker(new URL("control-thread.js", import.meta.url), { workerData: data });
  control.on("message", ({ type, request }: ControlMessage) => {
    if (Atomics.load(shared, 0) !== request) return;
    if (type === "interrupt") runner.interrupt();
    else runner.abandon();
  });

  await startKernelServer({
    connection,
    runner,
    tslab,
    zeromq: loadZeroMq(PACKAGES),
    toBundle,
    onRequest: (number) => Atomics.store(shared, 0, number),
  });
}

await main(process.argv[2]);
