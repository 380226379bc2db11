/** The Jupyter kernel of this project: `node kernel.js CONNECTION_FILE`, as its kernelspec starts it. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { toBundle } from "../display/display.js";
import { createCellRunner } from "./cell-runner.js";
import { readConnection } from "./connection.js";
import type { ControlData, ControlMessage } from "./control-thread.js";
import { kernelInfo, startKernelServer } from "./kernel-server.js";
import { PROJECT } from "./project.js";
import { loadTslab, loadZeroMq } from "./tslab.js";

/** Returns the nearest folder, from `start` upward, with a package and its dependencies; else this project's. */
function findRoot(start: string): string {
  if (["package.json", "node_modules"].every((name) => existsSync(join(start, name)))) return start;
  const parent = dirname(start);
  return parent === start ? PROJECT : findRoot(parent);
}

async function main(connectionFile: string): Promise<void> {
  const connection = readConnection(connectionFile);
  const root = findRoot(process.cwd());
  process.chdir(root);
  const home = existsSync(join(root, "node_modules", "tslab")) ? root : PROJECT;
  const tslab = loadTslab(home);
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const runner = createCellRunner(tslab, root, {
    onRunning: (isRunning) => Atomics.store(shared, 1, isRunning ? 1 : 0),
  });
  // The control thread says what is interrupted; the signal is for tslab's watchdog, and must not end the kernel.
  process.on("SIGINT", () => undefined);
  // A call through plotly or danfo is deeper than the usual ten frames: the cell's own line would be lost.
  Error.stackTraceLimit = 100;
  const data: ControlData = {
    connection,
    root: home,
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
    zeromq: loadZeroMq(home),
    plotly: process.env.SCHEDLAB_PLOTLY === "file" ? "file" : "inline",
    toBundle,
    onRequest: (number) => Atomics.store(shared, 0, number),
  });
}

await main(process.argv[2]);
