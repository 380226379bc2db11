/**
 * The Jupyter kernel of this project: `node kernel.js CONNECTION_FILE`, as its kernelspec starts it. Jupyter
 * starts it in the notebook's folder, and there it stays: what cells read and write by a relative path lies
 * beside the notebook.
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
  // The control thread says what is interrupted; the signal is for tslab's watchdog, and must not end the
  // kernel.
  process.on("SIGINT", () => undefined);
  // A call through plotly or danfo is deeper than the usual ten frames: the cell's own line would be lost.
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
    plotly: process.env.SCHEDLAB_PLOTLY === "file" ? "file" : "inline",
    toBundle,
    onRequest: (number) => Atomics.store(shared, 0, number),
  });
}

await main(process.argv[2]);
