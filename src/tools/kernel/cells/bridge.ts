/**
 * The thread that connects the process of the cells with the kernel. It goes on whatever a cell does to the
 * main thread: its built-ins are its own. It ends the process when the kernel has ended.
 */
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { workerData, type MessagePort } from "node:worker_threads";
import { readLines, writeLine, type FromCells, type ToCells } from "./messages.js";

/** The time in which the main thread notices that its code was terminated (ms). */
const NOTICING = 100;
/** The file descriptor of the connection to the kernel. */
const KERNEL = 3;

const { port } = workerData as { port: MessagePort };
const kernel = new Socket({ fd: KERNEL });

readLines(kernel, (line) => {
  const message = line as ToCells;
  if (message.type === "terminate") terminate(message);
  else port.postMessage(message);
});
port.on("message", (message: FromCells) => {
  kernel.write(writeLine(message));
});
for (const event of ["close", "error"]) kernel.on(event, () => process.kill(process.pid, "SIGKILL"));

function terminate(message: ToCells): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    setTimeout(() => {
      port.postMessage(message);
    }, NOTICING);
  });
}
