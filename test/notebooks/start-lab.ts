/** JupyterLab with this project's kernel and settings of its own, as a process of the tests. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { JUPYTER_VARIABLES, PYTHON } from "../../src/tools/jupyter/environment.js";
import { labArguments } from "../../src/tools/jupyter/lab.js";
import { PROJECT } from "../../src/tools/jupyter/project.js";

export interface Lab {
  /** Without a path; its token is "test". */
  readonly address: string;
  readonly close: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}

/**
 * Starts JupyterLab and waits until it answers. `home` is the folder of its settings, `begin` the folder of
 * new notebooks, `parameters` are those of the notebooks that it runs.
 */
export async function startLab(home: string, begin: string, parameters: object): Promise<Lab> {
  const port = await freePort();
  const given = [
    "--no-browser",
    "--expose-app-in-browser",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=test",
  ];
  const setting = { notebooks: ["00-quickstart.ipynb"], isRoot: process.getuid?.() === 0, begin };
  const server = spawn(PYTHON, labArguments(given, setting), {
    cwd: PROJECT,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      ...JUPYTER_VARIABLES,
      JUPYTER_CONFIG_DIR: home,
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
      SCHEDLAB_PARAMETERS: JSON.stringify(parameters),
    },
  });
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  const address = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    server.kill("SIGTERM");
    if (server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
  };
  const isUp = (): Promise<boolean> =>
    fetch(`${address}/api/status?token=test`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await isUp()); tries++) {
    if (tries === 900 || server.exitCode !== null) {
      await close();
      throw new Error(`JupyterLab does not answer:\n${log}`);
    }
    await delay(100);
  }
  return { address, close };
}
